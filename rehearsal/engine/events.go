package engine

import (
	"encoding/json"
	"errors"
	"io"
	"net"

	"github.com/pulumi/pulumi/sdk/v3/go/common/apitype"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/types/known/emptypb"
)

// Listen serves the engine's --event-log stream. A file would do, were it not emptied between
// preview and update (pulumi v3.276.0, startEventLogger). The engine waits for the stream to be
// received before it ends, so nothing is missing when its process has exited.
func Listen(add func(apitype.EngineEvent)) (address string, stop func(), err error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, err
	}
	server := grpc.NewServer(grpc.MaxRecvMsgSize(64 << 20))
	pulumirpc.RegisterEventsServer(server, &receiver{add: add})
	go server.Serve(listener)
	return "tcp://" + listener.Addr().String(), server.Stop, nil
}

type receiver struct {
	pulumirpc.UnimplementedEventsServer
	add func(apitype.EngineEvent)
}

func (r *receiver) StreamEvents(stream grpc.ClientStreamingServer[pulumirpc.EventRequest, emptypb.Empty]) error {
	for {
		message, err := stream.Recv()
		if errors.Is(err, io.EOF) {
			return stream.SendAndClose(&emptypb.Empty{})
		}
		if err != nil {
			return err
		}
		var event apitype.EngineEvent
		if err := json.Unmarshal([]byte(message.Event), &event); err != nil {
			return err
		}
		r.add(event)
	}
}
