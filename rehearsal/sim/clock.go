package sim

import "time"

// Now returns the time on the simulated clock.
func (w *World) Now() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return Epoch.Add(w.state.Now)
}

// Begin starts a run: its first operations start now. Within a run an operation
// starts when what it needs is ready, not when the program happened to ask, so
// that the clock shows the critical path and not the luck of the scheduler.
func (w *World) Begin() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.state.Run = w.state.Now
	return w.store.save(&w.state)
}

// Advance lets time pass. What was waiting for its deletion goes.
func (w *World) Advance(d time.Duration) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.state.Now += d
	w.state.Run = w.state.Now
	for _, r := range w.of("") {
		if r.FateEnds == 0 || r.FateEnds > w.state.Now {
			continue
		}
		w.remove(r)
		e := Entry{Verb: Expire, Package: r.Package, Kind: r.Kind, URN: r.URN, ID: r.ID, Account: r.Account, Region: r.Region, At: Epoch.Add(r.FateEnds)}
		if err := w.record(e, nil, r); err != nil {
			return err
		}
	}
	var free []claim
	for c, h := range w.state.held {
		if h.Until <= w.state.Now {
			free = append(free, c)
			delete(w.state.held, c)
		}
	}
	return w.store.save(&w.state, free...)
}

// when says a time of the simulated clock in a message.
func when(d time.Duration) string {
	return Epoch.Add(d).Format("2006-01-02 15:04 (simulated)")
}

// usual is how long an operation usually takes.
func (m Minutes) usual() time.Duration {
	if m == (Minutes{}) {
		m = quick
	}
	return minutes(m.Typical)
}

// quick is a call that only writes configuration; estimate of lifecycle studies.
var quick = Minutes{0.02, 0.1, 0.5}

func minutes(m float64) time.Duration { return time.Duration(m * float64(time.Minute)) }

func days(n int) time.Duration { return time.Duration(n) * 24 * time.Hour }
