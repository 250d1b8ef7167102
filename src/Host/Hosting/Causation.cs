using Microsoft.AspNetCore.Http.Features;
using Monolith.Kernel.History;
using Wolverine;

namespace Monolith.Host.Hosting;

/// <summary>Gives every message its <see cref="Cause"/> and what led to it, which its handler's events then have as their causation.</summary>
internal sealed class Causation : IEnvelopeRule
{
    private static readonly HttpContextAccessor Http = new();

    /// <summary>The command that is being worked on in this request; null outside of one.</summary>
    public static Cause? Command() => Http.HttpContext is { } http && http.GetEndpoint() is RouteEndpoint endpoint
        ? new Cause(
            $"{http.Request.Method} {endpoint.RoutePattern.RawText}",
            http.Features.Get<IHttpActivityFeature>()?.Activity.Id ?? http.TraceIdentifier)
        : null;

    public void Modify(Envelope envelope)
    {
        // Without a context there is nothing that caused it.
    }

    public void ApplyCorrelation(IMessageContext originator, Envelope outgoing)
    {
        // Who sends on behalf of something else says so.
        var path = outgoing.Headers.GetValueOrDefault(Cause.Header)
            ?? (originator.Envelope is { } incoming ? incoming.Headers.GetValueOrDefault(Cause.Header) : Command()?.ToString());
        outgoing.Headers[Cause.Header] = new Cause(outgoing.Message?.GetType().Name ?? outgoing.MessageType ?? "", outgoing.Id.ToString()).After(path);
    }
}
