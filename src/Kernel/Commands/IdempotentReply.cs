namespace Monolith.Kernel.Commands;

/// <summary>
/// The first reply to a command that carried an <c>Idempotency-Key</c>, written in the transaction of the command's events.
/// <see cref="LastStream"/> and <see cref="LastVersion"/> lead to the last of them, whose sequence the database assigned only then.
/// </summary>
/// <param name="Id">Hash of caller, route and key.</param>
/// <param name="RequestHash">Hash of the request's body: the same key with another one is a mistake of the client.</param>
public sealed record IdempotentReply(
    string Id, string RequestHash, int Status, string Body, string? ETag, string? Location, string? LastStream, long LastVersion, DateTimeOffset CreatedAt)
{
    public static readonly TimeSpan KeptFor = TimeSpan.FromHours(24);
}
