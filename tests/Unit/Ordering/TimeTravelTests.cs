using CsCheck;
using JasperFx.Events;
using Monolith.Kernel.Folding;
using Monolith.Ordering;
using Monolith.Ordering.History;
using Monolith.Ordering.Viewing;
using Shouldly;
using Xunit;

namespace Monolith.Unit.Ordering;

public class TimeTravelTests
{
    private static readonly Gen<IReadOnlyList<object>> Histories =
        Gen.Enum<Step>().Array[0, 12].Select(steps => Given.History(Given.Id, "anna", "TEA", Given.Start, steps));

    /// <summary>Minutes by which the clocks of nodes differ.</summary>
    private static readonly Gen<int[]> Clocks = Gen.Int[-90, 90].Array[40];

    [Fact]
    public void Every_version_is_the_fold_of_exactly_that_prefix() => Histories.Sample(history =>
    {
        var log = Log(history, new int[history.Count]);
        Order? state = null;
        foreach (var (index, e) in history.Index())
        {
            state = Order.Fold(state, e);
            Folded.From<Order>(OrderInThePast.UpTo(new Moment(index + 1, AsOf: null), log).Select(x => x.Data)).ShouldBeEquivalentTo(state);
        }
    });

    [Fact]
    public void Every_time_is_a_version_and_all_before_it_however_the_clocks_differ() =>
        Gen.Select(Histories, Clocks, Gen.Int[-3, 20]).Sample((history, clocks, hours) =>
        {
            var log = Log(history, clocks);
            var asOf = Given.Start.AddHours(hours);
            var seen = OrderInThePast.UpTo(new Moment(Version: null, asOf), log).Select(e => e.Version).ToList();
            seen.ShouldBe(Enumerable.Range(1, seen.Count).Select(v => (long)v));
            log.Where(e => e.Timestamp <= asOf).Select(e => e.Version).ShouldBeSubsetOf(seen);
            (seen.Count == 0 || log[seen.Count - 1].Timestamp <= asOf).ShouldBeTrue();
        });

    private static List<IEvent> Log(IReadOnlyList<object> history, int[] clocks) =>
    [
        .. history.Select((data, index) =>
        {
            var e = (IEvent)Activator.CreateInstance(typeof(Event<>).MakeGenericType(data.GetType()), data)!;
            e.Version = index + 1;
            e.Timestamp = Given.Start.AddHours(index).AddMinutes(clocks[index]);
            return e;
        }),
    ];
}
