using System.Text;
using System.Text.Json.Nodes;

namespace Monolith.Cluster.Infrastructure;

/// <summary>Requests that no client should send, made from what the OpenAPI document says about an endpoint.</summary>
/// <param name="Name">The endpoint and what is wrong.</param>
internal sealed record Garbage(string Name, Func<HttpRequestMessage> Request)
{
    private const string Mark = "\"@@\"";
    private const int Large = 1_000_000;
    private const string Some = "some";

    private static readonly string[] Texts =
    [
        "", " ", "%", "..", "../../etc/passwd", "a/b", "a?b#c", "\0", "\r\nX: y", "\u202Eabc", "\uFFFF", "Ω≈ç√∫", "👩‍👩‍👧‍👦", "' or 1=1 --", "{0}", "${jndi:x}", "<script>", "-1", "0", "1e400",
        "99999999999999999999999999", "NaN", "true", "null", "0001-01-01", "9999-12-31T23:59:59.9999999Z", "2026-02-30", new string('x', 300), new string('9', 5_000),
    ];

    private static readonly string[] Values =
    [
        "null", "true", "0", "-1", "1e400", "-1e400", "0.00000000000000000000000000001", "9223372036854775808", "79228162514264337593543950336", "[]", "{}", "[null]", "\"\"", "\" \"", "\"\\u0000\"",
        "\"\\ud800\"", "\"\\uFFFF\"", "\"1\"", "\"9999-12-31T23:59:59.9999999Z\"", "\"0001-01-01T00:00:00+14:00\"", $"\"{new string('x', 20_000)}\"", Nested(60), Nested(5_000),
    ];

    private static readonly string[] Bodies =
        ["", " ", "null", "[]", "{}", "{", "1", "\"text\"", "{}{}", "{\"a\":1,\"a\":2}", "{\"\\ud800\":1}", "<xml/>", "\uFEFF{}", Nested(100_000), $"{{\"a\":\"{new string('x', 10_000_000)}\"}}", $"[{new string(' ', 10_000_000)}]"];

    private static readonly (string Name, string Value)[] Headers =
    [
        ("Idempotency-Key", new string('k', 5_000)), ("Idempotency-Key", "\t"), ("Idempotency-Key", "Ω"), ("If-Match", "garbage"), ("If-Match", "\"999999999999999999999\""), ("If-Match", "W/\"-1\", *"), ("If-None-Match", "\""),
        ("Last-Event-ID", "garbage"), ("Last-Event-ID", "-1"), ("Last-Event-ID", "99999999999999999999"), ("Accept", "nothing/*;q=x"), ("Accept", "text/event-stream"), ("Accept-Encoding", "garbage"),
        ("traceparent", "00-garbage"), ("Cookie", "monolith-console=garbage; monolith-antiforgery=garbage"), ("Authorization", "Bearer garbage"), ("Authorization", "Basic ::"), ("Origin", "null"),
        ("Content-Type", "garbage"), ("Content-Type", "application/json; charset=utf-99"), ("Content-Type", "application/xml"), ("X-Antiforgery", "garbage"), ("X-Large", new string('h', 20_000)),
        ("api-version", "99"), ("webhook-id", "Ω"), ("webhook-timestamp", "99999999999999999999"), ("webhook-signature", "v1,garbage v1a,"), ("Range", "bytes=9-1"), ("Expect", "100-continue"),
    ];

    public static IEnumerable<Garbage> For(JsonNode document) =>
        from path in document["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        from garbage in For(operation.Key.ToUpperInvariant(), path.Key, Parameters(document, operation.Value!), Example(operation.Value!))
        select garbage;

    private static IEnumerable<Garbage> For(string method, string template, IReadOnlyList<(string Name, string Place)> parameters, JsonNode? example)
    {
        var (name, body) = ($"{method} {template}", example?.ToJsonString());
        var plain = parameters.Where(p => p.Place == "path").Aggregate(template, (path, p) => path.Replace($"{{{p.Name}}}", Some, StringComparison.Ordinal));
        foreach (var (text, at) in Texts.Select((text, at) => (text, at)))
        {
            foreach (var parameter in parameters.Where(p => p.Place == "path"))
            {
                var path = template.Replace($"{{{parameter.Name}}}", Uri.EscapeDataString(text), StringComparison.Ordinal);
                yield return new Garbage($"{name}: text {at} in {parameter.Name}", () => Make(method, path, body));
            }

            foreach (var parameter in parameters.Where(p => p.Place == "query"))
            {
                yield return new Garbage($"{name}: text {at} in ?{parameter.Name}", () => Make(method, $"{plain}?{parameter.Name}={Uri.EscapeDataString(text)}", body));
            }
        }

        foreach (var (header, value) in Headers)
        {
            yield return new Garbage($"{name}: {header}: {value[..Math.Min(value.Length, 30)]}", () => Make(method, plain, body, header, value));
        }

        foreach (var garbage in (example is null ? [] : Bodies).Concat(example is null ? [] : Broken(example)))
        {
            yield return new Garbage($"{name}: body {garbage[..Math.Min(garbage.Length, 300)]}", () => Make(method, plain, garbage));
        }
    }

    private static HttpRequestMessage Make(string method, string path, string? body, string? header = null, string? value = null)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative));
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
            // As clients do it that send much: they ask first, and hear the refusal.
            request.Headers.ExpectContinue = body.Length > Large;
        }

        if (header is "Content-Type" && request.Content is { } content)
        {
            content.Headers.Remove(header);
            content.Headers.TryAddWithoutValidation(header, value);
        }
        else if (header is not null)
        {
            request.Headers.TryAddWithoutValidation(header, value);
        }

        return request;
    }

    /// <summary>The example with every value of it replaced, left out, or joined by one that nobody knows.</summary>
    private static IEnumerable<string> Broken(JsonNode example)
    {
        foreach (var place in Places(example))
        {
            foreach (var value in Values)
            {
                yield return With(example, place, JsonValue.Create("@@")).Replace(Mark, value, StringComparison.Ordinal);
            }

            yield return With(example, place, replacement: null);
        }
    }

    private static string With(JsonNode example, IReadOnlyList<object> place, JsonNode? replacement)
    {
        var copy = example.DeepClone();
        var parent = place.SkipLast(1).Aggregate(copy, (node, step) => step is int index ? node[index]! : node[(string)step]!);
        switch (place[^1])
        {
            case int index:
                parent.AsArray()[index] = replacement;
                break;
            case string member when replacement is null:
                parent.AsObject().Remove(member);
                break;
            case string member:
                parent[member] = replacement;
                break;
        }

        return copy.ToJsonString();
    }

    private static IEnumerable<IReadOnlyList<object>> Places(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => Below(member.Key, member.Value)),
        JsonArray items => items.SelectMany((item, index) => Below(index, item)),
        _ => [],
    };

    private static IEnumerable<IReadOnlyList<object>> Below(object step, JsonNode? node) =>
        Places(node).Select(IReadOnlyList<object> (rest) => [step, .. rest]).Prepend([step]);

    private static IReadOnlyList<(string Name, string Place)> Parameters(JsonNode document, JsonNode operation) =>
    [
        .. (operation["parameters"]?.AsArray() ?? [])
            .Select(p => p!["$ref"] is { } reference ? document["components"]!["parameters"]![reference.ToString().Split('/')[^1]]! : p)
            .Select(p => (p["name"]!.ToString(), p["in"]!.ToString())),
    ];

    private static JsonNode? Example(JsonNode operation) => operation["requestBody"]?["content"]?["application/json"]?["example"];

    private static string Nested(int depth) => new string('[', depth) + new string(']', depth);
}
