using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.RateLimiting;
using Monolith.Kernel.Access;
using Monolith.Kernel.Describing;
using Monolith.Kernel.Paging;

namespace Monolith.Host.Hosting.OpenApi;

/// <summary>What an endpoint's route, method and attributes say of it; the conventions of the API follow from it.</summary>
internal sealed class EndpointFacts(ApiDescription description, ControllerActionDescriptor action)
{
    private const string ClassSuffix = "Endpoint";

    private readonly MethodInfo method = action.MethodInfo;

    public string Path { get; } = "/" + description.RelativePath;

    /// <summary>Class and method without what is common to all: <c>PlaceOrderEndpoint.Post</c> is <c>placeOrder</c>.</summary>
    public string OperationId => JsonNamingPolicy.CamelCase.ConvertName(
        method.DeclaringType!.Name.Replace(ClassSuffix, string.Empty, StringComparison.Ordinal)
        + (method.Name.StartsWith(description.HttpMethod!, StringComparison.OrdinalIgnoreCase) ? method.Name[description.HttpMethod!.Length..] : method.Name));

    /// <summary>The same in words: <c>Place order</c>.</summary>
    public string Title => string.Concat(OperationId.Select((c, i) =>
        i == 0 ? $"{char.ToUpperInvariant(c)}" : char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : $"{c}"));

    /// <summary>The part of the contract that it belongs to: its module, but for those parts that have a prefix of their own.</summary>
    public string Tag => Path switch
    {
        _ when Path.StartsWith("/admin", StringComparison.Ordinal) => "Administration",
        _ when Path.StartsWith("/health", StringComparison.Ordinal) => "Health",
        _ => method.DeclaringType!.Assembly.GetName().Name!.Split('.')[^1],
    };

    public bool IsGet => description.HttpMethod == HttpMethods.Get;

    public bool IsPost => description.HttpMethod == HttpMethods.Post;

    public bool IsPut => description.HttpMethod == HttpMethods.Put;

    /// <summary>The route names one thing.</summary>
    public bool HasTarget => Path.Contains('{', StringComparison.Ordinal);

    public bool IsAnonymous => action.EndpointMetadata.OfType<IAllowAnonymous>().Any();

    /// <summary>Tools on this machine need no credentials.</summary>
    public bool IsOpenToLoopback => action.EndpointMetadata.OfType<IAuthorizeData>().Any(a => a.Policy == Policies.ViewerOrLoopback);

    public IReadOnlyList<string> Roles => IsOpenToLoopback
        ? Role.Staff
        : [.. action.EndpointMetadata.OfType<IAuthorizeData>().SelectMany(a => a.Roles?.Split(',') ?? [])];

    public ApiParameterDescription? Body => description.ParameterDescriptions.FirstOrDefault(p => p.Source == BindingSource.Body);

    /// <summary>The body that it reads by itself.</summary>
    public Type? OwnBody => method.GetCustomAttribute<BodyAttribute>()?.Type;

    /// <summary>What it answers with when all is well, by status.</summary>
    public IReadOnlyDictionary<int, Type> Answers { get; } = action.EndpointMetadata.OfType<IApiResponseMetadataProvider>()
        .Where(answer => answer.StatusCode < 400 && answer.Type is not null)
        .ToDictionary(answer => answer.StatusCode, answer => answer.Type!);

    /// <summary>Every representation of a stream has a version, and an <c>ETag</c> with it.</summary>
    public bool IsVersioned => Answers.Values.Any(answer => answer.GetProperty("Version") is not null);

    public bool IsPaged => method.GetParameters().Any(parameter => parameter.ParameterType.IsAssignableTo(typeof(CollectionQuery)));

    public bool IsAsynchronous => method.IsDefined(typeof(AsynchronousAttribute));

    /// <summary>A command on something that exists, or a replacement of it, may depend on its version.</summary>
    public bool TakesIfMatch => IsVersioned && HasTarget && !IsGet;

    public bool TakesIfNoneMatch => IsVersioned && IsGet;

    public IEnumerable<ParameterInfo> QueryParameters => method.GetParameters()
        .Where(parameter => parameter.ParameterType.IsDefined(typeof(QueryParametersAttribute)))
        .SelectMany(parameter => parameter.ParameterType.GetConstructors().Single().GetParameters());

    /// <summary>How it may fail, by status.</summary>
    public IEnumerable<int> Failures => new (int Status, bool May)[]
    {
        (400, true),
        (401, true),
        (403, !IsAnonymous),
        (404, HasTarget && !IsPut),
        (409, !IsGet),
        (412, TakesIfMatch),
        (413, Body is not null),
        (415, Body is not null),
        (422, IsPost),
        (428, TakesIfMatch && IsPut),
        (429, !action.EndpointMetadata.OfType<DisableRateLimitingAttribute>().Any()),
        (500, true),
        (503, true),
    }.Where(failure => failure.May).Select(failure => failure.Status).Union(DeclaredFailures).Order();

    private IEnumerable<int> DeclaredFailures =>
        action.EndpointMetadata.OfType<IApiResponseMetadataProvider>().Select(answer => answer.StatusCode).Where(status => status >= 400);
}
