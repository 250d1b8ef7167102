using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Monolith.Kernel.Paging;

/// <summary>A page of a collection whose items are numbered, such as the events of a stream by their versions.</summary>
public sealed class NumberedQuery : CollectionQuery
{
    public NumberedQuery(HttpContext http)
        : base(http) => AfterNumber = After is not { Id: var id } ? 0
            : Parsed("cursor", long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : (long?)null, "is not a cursor of this collection")
                ?? 0;

    /// <summary>The number of the last item of the page before; 0 on the first page.</summary>
    public long AfterNumber { get; }
}
