using System.Reflection;

namespace Monolith.Kernel.Problems;

/// <summary>Every kind of problem that the API answers with.</summary>
public static class ProblemTypes
{
    public static readonly ProblemType BadRequest = new("bad-request", 400, "The request is malformed",
        "The request could not be understood. Correct it before sending it again.");

    public static readonly ProblemType MalformedJson = new("malformed-json", 400, "The body is not the expected JSON",
        "The body is not JSON, or a member has the wrong type. Where the place is known, `errors` names it.");

    public static readonly ProblemType InvalidInput = new("invalid-input", 400, "The input is invalid",
        "One or more members or parameters are missing or out of bounds. `errors` lists them by name.");

    public static readonly ProblemType AntiforgeryTokenMissing = new("antiforgery-token-missing", 400, "The antiforgery token is missing or wrong",
        "A command of a user who is signed in by a cookie carries the token of `/console/session` in the header `X-Antiforgery`.");

    public static readonly ProblemType Unauthenticated = new("unauthenticated", 401, "Credentials are missing or invalid",
        "Send a valid bearer token in the `Authorization` header; a webhook, a good signature and its time.");

    public static readonly ProblemType Forbidden = new("forbidden", 403, "Not allowed",
        "The credentials are good, but their roles do not allow this.");

    public static readonly ProblemType NotFound = new("not-found", 404, "There is no such thing",
        "Nothing is known under this address, or it belongs to somebody else.");

    public static readonly ProblemType MethodNotAllowed = new("method-not-allowed", 405, "The method is not allowed here",
        "The address exists, but not for this HTTP method. The `Allow` header names those that work.");

    public static readonly ProblemType NotAcceptable = new("not-acceptable", 406, "JSON is not accepted",
        "The `Accept` header excludes JSON, the only representation there is.");

    public static readonly ProblemType StateConflict = new("state-conflict", 409, "The command does not fit the current state",
        "The resource is in a state that does not allow this command. Read it again before deciding what to do.");

    public static readonly ProblemType Archived = new("archived", 409, "This is archived",
        "It ended long ago and was moved into the archive, where it can be read but not changed. An administrator of the database can bring it back.");

    public static readonly ProblemType ConcurrentChange = new("concurrent-change", 409, "Others changed this at the same time",
        "The server tried several times and lost the race each time. Nothing was changed; send the request again.");

    public static readonly ProblemType OperationRunning = new("operation-running", 409, "An operation is already running",
        "Only one operation at a time may work on this target. `operation` is the address of the running one.");

    public static readonly ProblemType FeedEpochChanged = new("feed-epoch-changed", 410, "The feed is another one now",
        "The place that was kept is of a log that this feed does not follow any more, or never did. Read it from the beginning.");

    public static readonly ProblemType PreconditionFailed = new("precondition-failed", 412, "The resource has changed",
        "`If-Match` names another version than the current one. Read the resource again.");

    public static readonly ProblemType BodyTooLarge = new("body-too-large", 413, "The body is too large",
        "A request body may have 256 KiB at most.");

    public static readonly ProblemType UnsupportedMediaType = new("unsupported-media-type", 415, "The body is not JSON",
        "Send the body as `Content-Type: application/json`.");

    public static readonly ProblemType RuleViolated = new("rule-violated", 422, "A rule says no",
        "The request is well-formed, but a business rule does not allow it. `detail` says which.");

    public static readonly ProblemType IdempotencyKeyReused = new("idempotency-key-reused", 422, "The idempotency key was used before",
        "The same `Idempotency-Key` came with another body. Use a new key for a new request.");

    public static readonly ProblemType PreconditionRequired = new("precondition-required", 428, "If-Match is required",
        "The resource exists. Send its current `ETag` in `If-Match`, so that no change of others is overwritten.");

    public static readonly ProblemType TooManyRequests = new("too-many-requests", 429, "Too many requests",
        "The caller's rate limit is used up. `Retry-After` says how many seconds to wait.");

    public static readonly ProblemType InternalError = new("internal-error", 500, "Something went wrong here",
        "The server failed. Report the `traceId`; the details are in its log.");

    public static readonly ProblemType Unavailable = new("unavailable", 503, "Temporarily unavailable",
        "A part that this request needs, such as the database, is away. Nothing was half done; try again after `Retry-After` seconds.");

    public static readonly ProblemType ReadModelBehind = new("read-model-behind", 503, "The read model is behind",
        "The read model did not reach `minSequence` in time. Try again, or read without `minSequence`.");

    public static IReadOnlyList<ProblemType> All { get; } =
        [.. typeof(ProblemTypes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => f.GetValue(null)).OfType<ProblemType>()];

    /// <summary>What a bare status code means when nothing more is known.</summary>
    public static ProblemType ForStatus(int status) =>
        All.FirstOrDefault(type => type.Status == status) ?? (status < 500 ? BadRequest : InternalError);
}
