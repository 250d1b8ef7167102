using Marten;
using Marten.Services;
using Microsoft.AspNetCore.Http;

namespace Monolith.Kernel.Commands;

/// <summary>
/// Tells the client the sequence of the last event that its command committed, to be used as <c>minSequence</c> of a later read.
/// </summary>
public sealed class CommitSequence(IHttpContextAccessor accessor) : DocumentSessionListenerBase
{
    public const string Header = "Monolith-Sequence";

    public override Task AfterCommitAsync(IDocumentSession session, IChangeSet commit, CancellationToken token)
    {
        if (accessor.HttpContext is { Response.HasStarted: false } http && commit.GetEvents().Select(e => e.Sequence).DefaultIfEmpty().Max() is > 0 and var last)
        {
            http.Response.Headers[Header] = last.ToString();
        }

        return Task.CompletedTask;
    }
}
