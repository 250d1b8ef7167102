using Marten;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Monolith.Kernel.Problems;

namespace Monolith.Kernel.Commands;

/// <summary>
/// Answers a repeated POST with the first reply. It looks only: the key is claimed by the command's own transaction, so a command
/// that fails leaves no key, and of two at the same time one commits and the other, retried, finds its reply. A key belongs to a caller;
/// where anybody may call, it means nothing. An answer that was given before leaves its <see cref="IdempotentReply"/> among the request's features.
/// </summary>
public sealed class IdempotencyMiddleware(RequestDelegate next, ISessionFactory sessions, TimeProvider time)
{
    public async Task InvokeAsync(HttpContext http)
    {
        if (!HttpMethods.IsPost(http.Request.Method)
            || http.Request.Headers[IdempotencyKey.Header].ToString() is not { Length: > 0 } sent
            || http.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null)
        {
            await next(http);
        }
        else if (sent.Length > IdempotencyKey.Longest)
        {
            var errors = new InputErrors().Add(IdempotencyKey.Header, $"must have at most {IdempotencyKey.Longest} characters");
            await Results.Problem(errors.ToProblem()).ExecuteAsync(http);
        }
        else
        {
            await Invoke(http, await IdempotencyKey.Read(http, sent));
        }
    }

    private async Task Invoke(HttpContext http, IdempotencyKey key)
    {
        await using var session = sessions.QuerySession();
        switch (await session.LoadAsync<IdempotentReply>(key.Id, http.RequestAborted))
        {
            case { } reply when reply.CreatedAt + IdempotentReply.KeptFor <= time.GetUtcNow():
                await Forget(reply, http.RequestAborted);
                break;
            case { } reply:
                await Answer(reply, key, session, http);
                return;
        }

        http.Features.Set(key);
        await using var response = new HeldResponse(http);
        await next(http);

        // A twin may have committed while this request was on its way, and made its decision a refusal.
        if (http.Response.StatusCode is >= 400 and < 500
            && await session.LoadAsync<IdempotentReply>(key.Id, http.RequestAborted) is { } twin)
        {
            response.Drop();
            await Answer(twin, key, session, http);
        }
        else
        {
            await response.Release();
        }
    }

    private static Task Answer(IdempotentReply reply, IdempotencyKey key, IQuerySession session, HttpContext http) => reply.RequestHash == key.RequestHash
        ? Repeat(reply, session, http)
        : Results.Problem(ProblemTypes.IdempotencyKeyReused.With("This key belongs to a request with another body.")).ExecuteAsync(http);

    private async Task Forget(IdempotentReply outdated, CancellationToken cancellation)
    {
        await using var session = sessions.OpenSession();
        session.DeleteWhere<IdempotentReply>(reply => reply.Id == outdated.Id && reply.CreatedAt == outdated.CreatedAt);
        await session.SaveChangesAsync(cancellation);
    }

    private static async Task Repeat(IdempotentReply reply, IQuerySession session, HttpContext http)
    {
        if (reply.LastStream is not null)
        {
            var sequence = await session.Events.QueryAllRawEvents()
                .Where(e => e.StreamKey == reply.LastStream && e.Version == reply.LastVersion)
                .Select(e => e.Sequence)
                .FirstOrDefaultAsync(http.RequestAborted);
            http.Response.Headers[CommitSequence.Header] = sequence.ToString();
        }

        http.Features.Set(reply);
        await CommandReply.Write(http, reply.Status, reply.Body, reply.ETag, reply.Location);
    }
}
