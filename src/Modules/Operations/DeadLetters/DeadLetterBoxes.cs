using System.Security.Claims;
using Monolith.Kernel.Paging;

namespace Monolith.Operations.DeadLetters;

/// <summary>All boxes as one.</summary>
public sealed class DeadLetterBoxes(IEnumerable<IDeadLetterBox> boxes)
{
    private readonly IDeadLetterBox[] boxes = [.. boxes];

    public async Task<Page<DeadLetterView>> List(DeadLetterFilter filter, CollectionQuery query, ClaimsPrincipal reader, CancellationToken cancellation)
    {
        var found = new List<DeadLetterView>();
        foreach (var box in Of(filter))
        {
            found.AddRange(await box.List(filter, query.After, query.Limit + 1, reader, cancellation));
        }

        var newest = found.OrderByDescending(letter => letter.FailedAt).ThenByDescending(letter => letter.Id, StringComparer.Ordinal).Take(query.Limit + 1);
        return Page.Of([.. newest], query.Limit, letter => new Cursor(letter.FailedAt, letter.Id));
    }

    public async Task<DeadLetterView?> Find(string id, ClaimsPrincipal reader, CancellationToken cancellation)
    {
        foreach (var box in boxes)
        {
            if (await box.Find(id, reader, cancellation) is { } letter)
            {
                return letter;
            }
        }

        return null;
    }

    /// <summary>The oldest of each box, as many as the limit lets through.</summary>
    public Task<IReadOnlyList<string>> Select(DeadLetterFilter filter, int limit, CancellationToken cancellation) =>
        Gather(Of(filter), async (box, soFar) => await box.Select(filter, limit - soFar, cancellation));

    public Task<IReadOnlyList<string>> Replay(IReadOnlyList<string> ids, Treatment treatment, CancellationToken cancellation) =>
        Gather(boxes, (box, _) => box.Replay(ids, treatment, cancellation));

    public Task<IReadOnlyList<string>> Discard(IReadOnlyList<string> ids, CancellationToken cancellation) =>
        Gather(boxes, (box, _) => box.Discard(ids, cancellation));

    private IEnumerable<IDeadLetterBox> Of(DeadLetterFilter filter) => boxes.Where(box => filter.Source is null || filter.Source == box.Source);

    private static async Task<IReadOnlyList<string>> Gather(IEnumerable<IDeadLetterBox> from, Func<IDeadLetterBox, int, Task<IReadOnlyList<string>>> take)
    {
        var ids = new List<string>();
        foreach (var box in from)
        {
            ids.AddRange(await take(box, ids.Count));
        }

        return ids;
    }
}
