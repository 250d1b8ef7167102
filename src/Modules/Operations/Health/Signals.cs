namespace Monolith.Operations.Health;

/// <summary>What the database tells of asynchronous work beside the positions of projections, without a judgement.</summary>
/// <param name="Mark">How far projections may go.</param>
/// <param name="MarkAgeSeconds">How long ago some node confirmed or moved the mark; 0 as long as there is none.</param>
/// <param name="MarkLagSeconds">The age of the first event beyond the mark; 0 when there is none.</param>
/// <param name="Polls">When the nodes last looked for new events.</param>
/// <param name="RestSeconds">By projection, how long it has stayed where it is although the mark lets it go on; those that have nothing to do are missing.</param>
/// <param name="OutboxAgeSeconds">How long the oldest message waits to be sent; 0 when none does.</param>
/// <param name="InboxAgeSeconds">How long the oldest message waits to be handled; 0 when none does.</param>
internal sealed record Signals(
    long Mark,
    double MarkAgeSeconds,
    double MarkLagSeconds,
    IReadOnlyList<NodePoll> Polls,
    IReadOnlyDictionary<string, double> RestSeconds,
    IReadOnlyList<IdleTransaction> IdleTransactions,
    IReadOnlyList<SkippedRange> SkippedSequences,
    double OutboxAgeSeconds,
    double InboxAgeSeconds,
    long MessageDeadLetters,
    long ProjectionDeadLetters);

/// <param name="Seconds">How long ago the node looked for new events, as far as anybody knows.</param>
internal sealed record NodePoll(int Node, double Seconds);

/// <summary>A transaction that is open and does nothing: it holds locks, and it can hold the mark back.</summary>
/// <param name="Pid">The process of the database server.</param>
/// <param name="Seconds">For how long it has done nothing.</param>
/// <param name="State">As the server calls it.</param>
public sealed record IdleTransaction(int Pid, string Application, double Seconds, string State);

/// <summary>Sequence numbers that the mark passed although not all had an event.</summary>
/// <param name="After">The last number before them.</param>
/// <param name="UpTo">The last number of them.</param>
/// <param name="Missing">How many of them have no event.</param>
/// <param name="Seconds">How long ago that was.</param>
public sealed record SkippedRange(long After, long UpTo, long Missing, double Seconds);
