using Marten;

namespace Monolith.Operations.DeadLetters;

/// <summary>The stream of what became of dead letters: which ones, by whom, and why. They themselves are gone then.</summary>
public sealed record DeadLetterJournal
{
    private const string Stream = "dead-letters";

    internal static async Task Record(IDocumentSession session, object e, CancellationToken cancellation)
    {
        if (await session.Events.FetchStreamStateAsync(Stream, cancellation) is null)
        {
            session.Events.StartStream<DeadLetterJournal>(Stream, e);
        }
        else
        {
            session.Events.Append(Stream, e);
        }
    }
}
