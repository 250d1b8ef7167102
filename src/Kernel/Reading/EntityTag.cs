using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using Monolith.Kernel.Problems;

namespace Monolith.Kernel.Reading;

/// <summary>The strong entity tag of a stream's representation: the stream's version and the projection's generation.</summary>
public readonly record struct EntityTag(long Version, int Generation)
{
    public override string ToString() => $"\"{Version}.g{Generation}\"";

    /// <summary>What <c>If-Match</c> demands of this tag (RFC 9110, 13.1.1: strong comparison, <c>*</c> fits whatever exists).</summary>
    public bool Matches(HttpRequest request)
    {
        var wanted = request.Headers.IfMatch;
        var current = ToString();
        return wanted.Count == 0
            || (EntityTagHeaderValue.TryParseList(wanted, out var tags)
                && tags.Any(tag => tag.Tag == "*" || (!tag.IsWeak && tag.Tag == current)));
    }

    /// <returns>412 where <c>If-Match</c> demands another version; null where the command may go on.</returns>
    public ProblemDetails? Precondition(HttpRequest request, string thing) =>
        Matches(request) ? null : ProblemTypes.PreconditionFailed.With($"The {thing} is at version {Version}.");

    /// <summary>Whether the client holds this representation already (<c>If-None-Match</c>, weak comparison).</summary>
    public bool IsKnownTo(HttpRequest request)
    {
        var held = request.Headers.IfNoneMatch;
        var current = ToString();
        return held.Count > 0
            && EntityTagHeaderValue.TryParseList(held, out var tags)
            && tags.Any(tag => tag.Tag == "*" || tag.Tag == current);
    }
}
