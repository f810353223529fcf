package network

// TLSPorts are the ports on which TLS leaves: HTTPS and mail submission. Port 587
// is left out, because a connection there begins in plain text (NET-09, EDG-12).
var TLSPorts = []int{443, 465}

// Flows lists who may open a connection to whom, in TCP. Everything else between
// two tiers is refused (NET-04), whatever the workloads' own rules say. Via are
// the tiers whose interfaces the packets pass on the way.
var Flows = []struct {
	From, To Tier
	Ports    []int
	Via      []Tier
}{
	{Internet, Edge, []int{443, 80}, []Tier{Outer}}, // 80 only to be redirected (EDG-03)
	{Edge, App, []int{ServicePort}, []Tier{Inner}},
	{App, Internet, TLSPorts, []Tier{Inner, Edge}}, // the NAT gateway stands in the edge
	{Edge, Internet, TLSPorts, []Tier{Outer}},      // and goes on in its own name
	{App, App, []int{ServicePort}, nil},
	{App, Data, []int{DatabasePort}, nil},
	{App, Management, []int{443}, nil},
	{Backup, Backup, []int{443}, nil},
}
