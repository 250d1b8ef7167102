using System.Runtime.CompilerServices;
using JasperFx.Events;
using Marten;
using Monolith.Kernel.Reading;

namespace Monolith.Operations.Exploring;

/// <summary>The end of the log, as far as it is settled: below the mark no transaction can commit any more.</summary>
public sealed class LogTail(IDocumentStore store, SafeMark mark, TimeProvider time)
{
    private const int PageSize = 200;

    internal Task<long> End(CancellationToken cancellation) => mark.Current(cancellation);

    /// <summary>The events that fit, as they come, without end. An empty page is a sign of life.</summary>
    internal async IAsyncEnumerable<IReadOnlyList<IEvent>> Follow(
        EventSearch search, long after, TimeSpan silence, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var said = time.GetTimestamp();
        while (true)
        {
            IReadOnlyList<IEvent> page = [];
            if (await mark.Current(cancellation) is var now && now > after)
            {
                await using var session = store.QuerySession();
                page = await LoggedEvents.Read(session, search.Following(after, now, PageSize), cancellation);
                after = page.Count == PageSize ? page[^1].Sequence : now;
            }

            if (page.Count > 0 || time.GetElapsedTime(said) >= silence)
            {
                yield return page;
                said = time.GetTimestamp();
            }

            if (page.Count < PageSize)
            {
                await Task.Delay(SafeMark.Age, time, cancellation);
            }
        }
    }
}
