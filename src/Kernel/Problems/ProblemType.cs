using Microsoft.AspNetCore.Mvc;

namespace Monolith.Kernel.Problems;

/// <summary>
/// A kind of failure that a client may branch on. <see cref="Slug"/> is for ever: <c>/problems/{slug}</c> is the <c>type</c> of the
/// RFC 9457 document and a page that explains it.
/// </summary>
public sealed record ProblemType(string Slug, int Status, string Title, string Explanation)
{
    public string Uri => $"/problems/{Slug}";

    public ProblemDetails With(string detail, params IEnumerable<KeyValuePair<string, object?>> extensions) => new()
    {
        Type = Uri,
        Title = Title,
        Status = Status,
        Detail = detail,
        Extensions = new Dictionary<string, object?>(extensions, StringComparer.Ordinal),
    };
}
