using Marten;

namespace Monolith.Insights.Streaming;

/// <summary>
/// The latest state of things by key, which a processor builds for itself from the log, in its order. So what is joined with it sees it as it was at
/// that point, and again in every replay.
/// </summary>
internal interface ITable
{
    /// <summary>The type of the events that change it.</summary>
    Type Event { get; }

    /// <summary>The type of its rows, which are documents of the processor.</summary>
    Type Row { get; }

    /// <summary>The row that an event leaves, and its key.</summary>
    (string Key, object Row) RowOf(object e);

    /// <summary>The rows with these keys, as far as there are any.</summary>
    Task<Dictionary<string, object>> Load(IQuerySession session, IReadOnlyCollection<string> keys, CancellationToken cancellation);

    void Store(IDocumentOperations operations, IEnumerable<object> rows);
}

/// <param name="key">The row's key, which is the id of its document.</param>
internal sealed class Table<TEvent, TRow>(Func<TEvent, TRow> row, Func<TRow, string> key) : ITable
    where TEvent : notnull
    where TRow : class
{
    public Type Event => typeof(TEvent);

    public Type Row => typeof(TRow);

    public (string Key, object Row) RowOf(object e) => row((TEvent)e) is var made ? (key(made), made) : default;

    public async Task<Dictionary<string, object>> Load(IQuerySession session, IReadOnlyCollection<string> keys, CancellationToken cancellation) =>
        (await session.LoadManyAsync<TRow>(cancellation, keys)).ToDictionary(key, found => (object)found, StringComparer.Ordinal);

    public void Store(IDocumentOperations operations, IEnumerable<object> rows) => operations.Store<TRow>([.. rows.Cast<TRow>()]);
}
