using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;

namespace Monolith.Cluster;

/// <summary>Over the wire to a process of its own, because the limits of the server itself count, and its memory.</summary>
public sealed class BadInput(TestServer server)
{
    private const int AtOnce = 8;
    private const long MostMegabytes = 1_500;

    [Fact]
    public async Task Is_refused_with_a_problem_whatever_it_is()
    {
        await using var node = new Node(await server.NewDatabase(), ("RateLimits__PerSecond", "1000000"), ("RateLimits__Burst", "1000000"));
        node.Start();
        var garbage = Garbage.For(await node.Get("/openapi/v1.json")).ToList();
        garbage.Count.ShouldBeGreaterThan(5_000);

        // A node that does not answer is no excuse here, so nothing is tried again.
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8 };
        using var http = new HttpClient(handler) { BaseAddress = node.Http.BaseAddress };
        var wrong = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(garbage, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (g, cancellation) =>
        {
            if (await Complaint(http, g, cancellation) is { } complaint)
            {
                wrong.Add($"{complaint} for {g.Name}");
            }
        });

        wrong.Order().Take(40).ShouldBeEmpty($"{wrong.Count} of {garbage.Count}");
        node.PeakMegabytes.ShouldBeLessThan(MostMegabytes);
        TestContext.Current.TestOutputHelper?.WriteLine($"{garbage.Count} requests, at most {node.PeakMegabytes} MB");

        // Nothing of it is left behind, and the shop is open.
        (await node.Get("/admin/dead-letters"))["items"]!.AsArray().ShouldBeEmpty();
        await node.Get("/health/ready");
    }

    /// <returns>What is wrong with the answer; null when it is one that a client can do something with.</returns>
    private static async Task<string?> Complaint(HttpClient http, Garbage garbage, CancellationToken cancellation)
    {
        using var request = garbage.Request();
        HttpResponseMessage answer;
        try
        {
            answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        }
        catch (HttpRequestException e)
        {
            return $"no answer ({e.Message})";
        }

        using (answer)
        {
            var (status, type) = ((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType);
            return status switch
            {
                // What is no HTTP, such as a NUL in the address, the server itself refuses, and hangs up.
                400 when type is null && answer.Headers.ConnectionClose == true => null,
                >= 500 => $"{status} {await answer.Content.ReadAsStringAsync(cancellation)}",
                >= 400 when type is not "application/problem+json" => $"{status} as {type}",
                >= 400 => Complaint(await answer.Content.ReadAsStringAsync(cancellation)),
                _ => null,
            };
        }
    }

    private static string? Complaint(string problem) =>
        JsonNode.Parse(problem)!["type"]!.ToString().StartsWith("/problems/", StringComparison.Ordinal) && !problem.Contains("   at ", StringComparison.Ordinal)
            ? null
            : problem;
}
