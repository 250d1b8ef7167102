using JasperFx;
using JasperFx.CodeGeneration;
using JasperFx.CodeGeneration.Frames;
using Marten;
using Microsoft.AspNetCore.Http;
using Wolverine.Http;

namespace Monolith.Kernel.Commands;

/// <summary>Lets every POST endpoint keep its reply in its own transaction, if the request brought an idempotency key.</summary>
public sealed class IdempotencyPolicy : IHttpPolicy
{
    public void Apply(IReadOnlyList<HttpChain> chains, GenerationRules rules, IServiceContainer container)
    {
        foreach (var chain in chains.Where(chain => chain.HttpMethods.Any(HttpMethods.IsPost)))
        {
            // First among the postprocessors: the commit is one of them.
            chain.Postprocessors.Insert(0, new MethodCall(typeof(IdempotencyPolicy), nameof(Remember)));
        }
    }

    public static void Remember(IResult result, IDocumentSession session, HttpContext http, TimeProvider time)
    {
        if (result is CommandReply reply && http.Features.Get<IdempotencyKey>() is { } key)
        {
            var last = session.PendingChanges.Streams().LastOrDefault(stream => stream.Events.Count > 0);
            session.Insert(new IdempotentReply(
                key.Id, key.RequestHash, reply.Status, reply.ToJson(http), reply.ETag, reply.Location,
                last?.Key, LastVersion(last), time.BusinessNow()));
        }
    }

    private static long LastVersion(JasperFx.Events.StreamAction? stream) =>
        stream is null ? 0 : (stream.ExpectedVersionOnServer ?? 0) + stream.Events.Count;
}
