package rule

// Types returns the types of resources a check looks at, for tests over all rules;
// "aws:*" is all of a cloud, and none is the stack as a whole.
func (c Check) Types() []string { return c.types }
