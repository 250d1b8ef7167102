using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Monolith.Scenarios.Conventions;

public sealed partial class OpenApiDocument(App app) : IClassFixture<App>
{
    private sealed record Operation(string Method, string Path, JsonNode Json)
    {
        public string Name => $"{Method} {Path}";

        /// <summary>The path of something that does not exist.</summary>
        public string Example => PathParts().Replace(Path, "some");

        public IEnumerable<(int Status, JsonNode Answer)> Answers =>
            Json["responses"]!.AsObject().Select(response => (int.Parse(response.Key), response.Value!));
    }

    [Fact]
    public async Task It_is_valid_OpenApi_3_1()
    {
        var text = await Text();
        var (document, diagnostic) = Microsoft.OpenApi.OpenApiDocument.Parse(text, "json");

        diagnostic!.Errors.ShouldBeEmpty();
        diagnostic.Warnings.ShouldBeEmpty();
        diagnostic.SpecificationVersion.ShouldBe(Microsoft.OpenApi.OpenApiSpecVersion.OpenApi3_1);
        document!.Components!.Schemas!.Keys.ShouldNotContain("IResult");
        foreach (Match reference in References().Matches(text))
        {
            JsonNode.Parse(text)!["components"]![reference.Groups["kind"].Value]![reference.Groups["name"].Value].ShouldNotBeNull(reference.Value);
        }
    }

    [Fact]
    public async Task Every_endpoint_of_the_api_is_in_it()
    {
        var described = (await Operations()).Select(operation => operation.Name);

        Endpoints().Where(endpoint => Api().IsMatch(endpoint.Endpoint.RoutePattern.RawText!)).Select(endpoint => endpoint.Name)
            .Except(described).ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_operation_says_what_it_is_and_for_whom()
    {
        var operations = await Operations();
        operations.Select(operation => operation.Json["operationId"]!.ToString()).ShouldBeUnique();
        foreach (var (operation, json) in operations.Select(operation => (operation.Name, operation.Json)))
        {
            json["summary"]!.ToString().ShouldMatch("^[A-Z][a-z ]+$", operation);
            json["operationId"]!.ToString().ShouldMatch("^[a-z][A-Za-z]+$", operation);
            json["tags"]!.AsArray().Single()!.ToString().ShouldMatch("^[A-Z][a-z]+$", operation);
            var roles = json["x-roles"]?.AsArray().Select(role => role!.ToString()).ToArray() ?? [];
            (json["security"]!.AsArray().Count > 0).ShouldBe(roles.Length > 0, operation);
            json["responses"]!.AsObject().ContainsKey("403").ShouldBe(roles.Length > 0, operation);
        }
    }

    [Fact]
    public async Task Every_answer_has_a_schema_and_an_example_that_fits_it()
    {
        var json = app.Host.Services.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        foreach (var operation in await Operations())
        {
            var types = Endpoints().Single(endpoint => endpoint.Name == operation.Name).Endpoint.Metadata.OfType<IApiResponseMetadataProvider>()
                .Where(answer => answer.StatusCode < 300).ToDictionary(answer => answer.StatusCode, answer => answer.Type!);
            types.ShouldNotBeEmpty(operation.Name);
            operation.Answers.Where(answer => answer.Status < 300).Select(answer => answer.Status).ShouldBe(types.Keys, operation.Name);
            foreach (var (status, answer) in operation.Answers.Where(answer => answer.Status < 300))
            {
                var content = answer["content"]!.AsObject().Single().Value!;
                content["schema"]!["$ref"].ShouldNotBeNull(operation.Name);
                var example = content["example"].ShouldNotBeNull(operation.Name);
                var again = JsonSerializer.SerializeToNode(example.Deserialize(types[status], json), types[status], json);
                JsonNode.DeepEquals(again, example).ShouldBeTrue(operation.Name);
            }

            operation.Answers.Where(answer => answer.Status >= 400).ShouldAllBe(
                answer => answer.Answer["$ref"]!.ToString() == $"#/components/responses/Problem{answer.Status}", operation.Name);
        }
    }

    [Fact]
    public async Task Every_example_of_a_body_is_accepted()
    {
        foreach (var operation in (await Operations()).Where(operation => operation.Json["requestBody"] is not null))
        {
            var example = operation.Json["requestBody"]!["content"]!["application/json"]!["example"].ShouldNotBeNull(operation.Name);
            var answer = await app.Host.Scenario(s =>
            {
                _ = operation.Method == "PUT" ? s.Put.Json(example).ToUrl(operation.Example) : s.Post.Json(example).ToUrl(operation.Example);
                s.IgnoreStatusCode();
            });
            var status = answer.Context.Response.StatusCode;
            status.ShouldBeOneOf([.. operation.Answers.Select(a => a.Status)], operation.Name);
            status.ShouldNotBeOneOf([400, 415, 500, 503], $"{operation.Name}: {await answer.ReadAsTextAsync()}");
        }
    }

    [Fact]
    public async Task Every_query_parameter_is_read()
    {
        foreach (var operation in await Operations())
        {
            foreach (var name in await QueryParameters(operation))
            {
                var problem = await app.Send(operation.Method, $"{operation.Example}?{name}=%00", expect: 400).Json();
                problem["errors"]![name].ShouldNotBeNull($"{operation.Name} {name}");
            }
        }
    }

    [Theory]
    [InlineData("GET /v1/products", "search category active limit cursor")]
    [InlineData("GET /v1/orders", "status customerId from to limit cursor minSequence")]
    [InlineData("GET /v1/delivery-quotes", "country service weightKg currency")]
    [InlineData("GET /v1/reports/orders-per-day", "from to limit cursor minSequence")]
    [InlineData("GET /v1/customers/{id}/summary", "minSequence")]
    public async Task Every_query_parameter_of_the_contract_is_in_it(string operation, string names) =>
        (await QueryParameters((await Operations()).Single(o => o.Name == operation))).ShouldBe(names.Split(' '));

    [Fact]
    public async Task The_headers_that_it_promises_are_sent()
    {
        var product = await app.HasProduct("DOC-1");
        var placed = await app.Send("POST", "/v1/orders", Shop.OrderOf("DOC-1"), expect: 201);
        await app.HasOrder("DOC-1");
        await ShouldHave(product, "PUT /v1/products/{sku}");
        await ShouldHave(placed, "POST /v1/orders");
        await ShouldHave(await app.Send("GET", placed.Header("Location")), "GET /v1/orders/{id}");
        await ShouldHave(await app.Send("GET", $"/v1/orders?limit=1&minSequence={await app.Head()}"), "GET /v1/orders");
    }

    private async Task<string[]> QueryParameters(Operation operation)
    {
        var shared = (await Document())["components"]!["parameters"]!;
        return
        [
            .. operation.Json["parameters"]!.AsArray()
                .Select(p => p!["$ref"] is { } reference ? shared[reference.ToString().Split('/')[^1]]! : p)
                .Where(p => p["in"]!.ToString() == "query")
                .Select(p => p["name"]!.ToString()),
        ];
    }

    private async Task ShouldHave(IScenarioResult answer, string operation)
    {
        var described = (await Operations()).Single(o => o.Name == operation).Answers.Single(a => a.Status == answer.Context.Response.StatusCode).Answer;
        foreach (var name in described["headers"]!.AsObject().Select(header => header.Key))
        {
            answer.Header(name).ShouldNotBeEmpty($"{operation} {name}");
        }
    }

    private async Task<string> Text() => await (await app.Send("GET", "/openapi/v1.json")).ReadAsTextAsync();

    private async Task<JsonNode> Document() => JsonNode.Parse(await Text())!;

    private async Task<Operation[]> Operations() =>
    [
        .. (await Document())["paths"]!.AsObject().SelectMany(path =>
            path.Value!.AsObject().Select(operation => new Operation(operation.Key.ToUpperInvariant(), path.Key, operation.Value!))),
    ];

    private IEnumerable<(string Name, RouteEndpoint Endpoint)> Endpoints() =>
        app.Host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .SelectMany(endpoint => (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [])
                .Select(method => ($"{method} {endpoint.RoutePattern.RawText}", endpoint)));

    [GeneratedRegex("^/(v1|admin)/", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Api();

    [GeneratedRegex("{[^}]+}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PathParts();

    [GeneratedRegex("\"#/components/(?<kind>[^/\"]+)/(?<name>[^/\"]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex References();
}
