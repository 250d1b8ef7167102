using System.Reflection;
using JasperFx;
using JasperFx.CodeGeneration;
using JasperFx.CodeGeneration.Frames;
using Wolverine.Http;

namespace Monolith.Host.Hosting;

/// <summary>Refuses the JSON literal <c>null</c> as a body, except where the endpoint takes its body as optional.</summary>
internal sealed class BodyPolicy : IHttpPolicy
{
    private static readonly MethodInfo Check = typeof(RequiredBody).GetMethod(nameof(RequiredBody.Check))!;

    public void Apply(IReadOnlyList<HttpChain> chains, GenerationRules rules, IServiceContainer container)
    {
        foreach (var chain in chains)
        {
            var body = Array.Find(chain.Method.Method.GetParameters(), p => chain.HasRequestType && p.ParameterType == chain.RequestType);
            if (body is not null && new NullabilityInfoContext().Create(body).ReadState == NullabilityState.NotNull)
            {
                chain.Middleware.Insert(0, new MethodCall(typeof(RequiredBody), Check.MakeGenericMethod(body.ParameterType)));
            }
        }
    }
}

public static class RequiredBody
{
    public static void Check<T>(T? body)
    {
        if (body is null)
        {
            throw new BadHttpRequestException("The body is null.");
        }
    }
}
