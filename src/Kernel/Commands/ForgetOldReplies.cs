using Marten;

namespace Monolith.Kernel.Commands;

/// <summary>Comes by every hour: replies hold personal data and are of no use after their time.</summary>
public sealed record ForgetOldReplies;

public static class ForgetOldRepliesHandler
{
    public static void Handle(ForgetOldReplies _, IDocumentSession session, TimeProvider time)
    {
        var oldest = time.GetUtcNow() - IdempotentReply.KeptFor;
        session.DeleteWhere<IdempotentReply>(reply => reply.CreatedAt < oldest);
    }
}
