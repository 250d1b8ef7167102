using Marten;
using Marten.Services.BatchQuerying;

namespace Monolith.Kernel.Reading;

/// <summary>
/// How often a projection has been rebuilt. It is part of every <c>ETag</c>: after a rebuild with corrected logic the same stream
/// version may look different, and must not be answered with 304. Load it before the document: if they are exchanged in between, new content
/// with an old tag is only asked for once more, and old content with a new tag would stay for ever.
/// </summary>
public sealed record ProjectionGeneration(string Id, int Number)
{
    private const int First = 1;

    /// <summary>Adds the look-up to a batch, so that it costs no round trip of its own.</summary>
    public static async Task<int> Load(IBatchedQuery batch, string projection) =>
        (await batch.Load<ProjectionGeneration>(projection))?.Number ?? First;

    public static async Task<int> Load(IQuerySession session, string projection, CancellationToken cancellation) =>
        (await session.LoadAsync<ProjectionGeneration>(projection, cancellation))?.Number ?? First;
}
