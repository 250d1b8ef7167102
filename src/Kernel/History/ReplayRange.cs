using System.ComponentModel;
using Monolith.Kernel.Describing;
using Monolith.Kernel.Paging;

namespace Monolith.Kernel.History;

/// <summary>Where a replay begins.</summary>
[QueryParameters]
public sealed record ReplayRange([property: Description("Begin with this version instead of the first; a `cursor` goes on from there.")] long? FromVersion)
{
    public static ReplayRange Read(ReadQuery query)
    {
        var from = query.Sequence("fromVersion");
        query.Errors.Require(from is null or > 0, "fromVersion", "must be a version, 1 or more");
        // The address of the next page has both.
        return new ReplayRange(query.Has("cursor") ? null : from);
    }
}
