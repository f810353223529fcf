package sim

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	"go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"
	"google.golang.org/protobuf/types/known/structpb"
)

// store keeps a world in a file. One operation is one transaction.
//
// It never syncs: a killed process loses nothing by that, because its writes are
// in the page cache and bbolt writes the page that makes a transaction valid
// last. A power failure can lose the file; it is a rehearsal.
type store struct{ db *bbolt.DB }

// format changes with the names and meanings of what is written.
const format = "2"

var (
	resourceBucket = []byte("resources")
	journalBucket  = []byte("journal")
	bornBucket     = []byte("born")
	heldBucket     = []byte("held")
	stateBucket    = []byte("state")
	stateKey       = []byte("state")
	formatKey      = []byte("format")
)

func openStore(path string) (*store, error) {
	db, err := bbolt.Open(path, 0o600, &bbolt.Options{Timeout: time.Second, NoSync: true, NoFreelistSync: true})
	switch {
	case errors.Is(err, bolterrors.ErrTimeout):
		return nil, fmt.Errorf("world %s is open in another process: wait until that rehearsal ends, or stop it", path)
	case err != nil:
		return nil, fmt.Errorf("world %s: %w; delete the file to start anew", path, err)
	}
	err = db.Update(func(tx *bbolt.Tx) error {
		for _, name := range [][]byte{resourceBucket, journalBucket, bornBucket, heldBucket, stateBucket} {
			if _, err := tx.CreateBucketIfNotExists(name); err != nil {
				return err
			}
		}
		bucket := tx.Bucket(stateBucket)
		if has := bucket.Get(formatKey); bucket.Get(stateKey) != nil && string(has) != format {
			return errors.New("was made by another version of the simulator: delete it, and the directory state beside it, to start anew")
		}
		return bucket.Put(formatKey, []byte(format))
	})
	if err != nil {
		db.Close()
		return nil, fmt.Errorf("world %s: %w", path, err)
	}
	return &store{db}, nil
}

func (s *store) close() error { return s.db.Close() }

// load reads the state and all resources.
func (s *store) load(st *state) ([]*Resource, error) {
	*st = state{born: map[resource.URN]int{}, held: map[claim]hold{}}
	var all []*Resource
	err := s.db.View(func(tx *bbolt.Tx) error {
		if text := tx.Bucket(stateBucket).Get(stateKey); text != nil {
			if err := json.Unmarshal(text, st); err != nil {
				return err
			}
		}
		err := tx.Bucket(bornBucket).ForEach(func(urn, text []byte) error {
			n, err := strconv.Atoi(string(text))
			st.born[resource.URN(urn)] = n
			return err
		})
		if err != nil {
			return err
		}
		err = tx.Bucket(heldBucket).ForEach(func(key, text []byte) error {
			kind, name, _ := strings.Cut(string(key), " ")
			var h hold
			err := json.Unmarshal(text, &h)
			st.held[claim{kind, name}] = h
			return err
		})
		if err != nil {
			return err
		}
		return tx.Bucket(resourceBucket).ForEach(func(_, text []byte) error {
			r := &Resource{}
			all = append(all, r)
			return json.Unmarshal(text, r)
		})
	})
	return all, err
}

// save writes the state alone, and that names are held no more.
func (s *store) save(st *state, free ...claim) error {
	return s.db.Update(func(tx *bbolt.Tx) error {
		for _, c := range free {
			if err := tx.Bucket(heldBucket).Delete(c.key()); err != nil {
				return err
			}
		}
		return put(tx, stateBucket, stateKey, st)
	})
}

// commit writes an operation: its journal entry, the state, what it changed and
// what it removed, all or nothing. It writes nothing else: what an operation costs
// does not depend on how much there is.
func (s *store) commit(e Entry, st *state, changed, removed []*Resource) error {
	return s.db.Update(func(tx *bbolt.Tx) error {
		for _, r := range changed {
			if err := put(tx, resourceBucket, number(r.Number), r); err != nil {
				return err
			}
		}
		for _, r := range removed {
			if err := tx.Bucket(resourceBucket).Delete(number(r.Number)); err != nil {
				return err
			}
			c := claim{r.Kind, r.UniqueName}
			if h, held := st.held[c]; held {
				if err := put(tx, heldBucket, c.key(), h); err != nil {
					return err
				}
			}
		}
		if e.Verb == Create {
			if err := tx.Bucket(bornBucket).Put([]byte(e.URN), number(st.born[e.URN])); err != nil {
				return err
			}
		}
		if err := put(tx, journalBucket, number(e.Seq), e); err != nil {
			return err
		}
		return put(tx, stateBucket, stateKey, st)
	})
}

// journal reads all entries in order.
func (s *store) journal() ([]Entry, error) {
	var all []Entry
	err := s.db.View(func(tx *bbolt.Tx) error {
		return tx.Bucket(journalBucket).ForEach(func(_, text []byte) error {
			all = append(all, Entry{})
			return json.Unmarshal(text, &all[len(all)-1])
		})
	})
	return all, err
}

func put(tx *bbolt.Tx, bucket, key []byte, v any) error {
	text, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return tx.Bucket(bucket).Put(key, text)
}

func (c claim) key() []byte { return []byte(c.kind + " " + c.name) }

// number makes a key that sorts like the number.
func number(n int) []byte { return fmt.Appendf(nil, "%010d", n) }

// stored is a Resource as JSON, its properties in the form of the wire, which
// keeps secrets apart from other values.
type stored struct {
	resourceFields
	Inputs, Outputs *structpb.Struct
}

type resourceFields Resource

var wire = plugin.MarshalOptions{KeepSecrets: true, KeepUnknowns: true}

// MarshalJSON writes the resource with its secrets marked.
func (r *Resource) MarshalJSON() ([]byte, error) {
	in, err := plugin.MarshalProperties(r.Inputs, wire)
	if err != nil {
		return nil, err
	}
	out, err := plugin.MarshalProperties(r.Outputs, wire)
	if err != nil {
		return nil, err
	}
	return json.Marshal(stored{resourceFields(*r), in, out})
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (r *Resource) UnmarshalJSON(text []byte) error {
	var s stored
	if err := json.Unmarshal(text, &s); err != nil {
		return err
	}
	*r = Resource(s.resourceFields)
	var err error
	if r.Inputs, err = plugin.UnmarshalProperties(s.Inputs, wire); err != nil {
		return err
	}
	r.Outputs, err = plugin.UnmarshalProperties(s.Outputs, wire)
	return err
}
