package laws
import ("testing";"fmt";"tenant-runtime/tests/plans";"time";"strings")
func TestScratch(t *testing.T){
 for _,s:=range plans.Stacks(t){
  p:=plans.Wire(t,plans.Of(t,s))
  j:=plans.NewJudge(t,s)
  t0:=time.Now()
  var fs []plans.Finding
  for _,x:=range p{fs=append(fs,j.One(t,x)...)}
  t1:=time.Now()
  fs=append(fs,j.All(t,p)...)
  fmt.Println("##",s,t1.Sub(t0),time.Since(t1),len(p))
  for _,f:=range fs{ if f.Rule=="TEN-02"{continue}; fmt.Println(f.Rule,f.Mandatory,f.URN[strings.LastIndex(f.URN,"$")+1:]); if i:=strings.Index(f.Message,"\nwhy"); i>0{fmt.Println(strings.SplitN(f.Message[:i],"\n",2)[1])}}
 }
}
