using Microsoft.AspNetCore.Http;

namespace Monolith.Kernel.Paging;

/// <summary>A page of a collection: how many items, and after which one.</summary>
public class CollectionQuery : ReadQuery
{
    private const int DefaultLimit = 50;
    private const int LargestLimit = 200;

    public CollectionQuery(HttpContext http)
        : base(http)
    {
        Limit = Number("limit", DefaultLimit, 1, LargestLimit);
        After = Value("cursor") is { } text ? Parsed("cursor", Cursor.Parse(text), "is not a cursor of this collection") : null;
    }

    public int Limit { get; }

    /// <summary>The last item of the page before, null on the first page.</summary>
    public Cursor? After { get; }
}
