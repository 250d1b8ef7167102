using System.ComponentModel;
using Monolith.Kernel.Describing;
using Monolith.Kernel.Paging;

namespace Monolith.Operations.DeadLetters;

/// <param name="From">Set aside at this time or later.</param>
/// <param name="To">Set aside before this time.</param>
[QueryParameters]
public sealed record DeadLetterFilter(
    DeadLetterSource? Source,
    [Description("The name of the message, short or full.")] string? MessageType,
    [Description("The name of the exception's type, short or full.")] string? ExceptionType,
    DateTimeOffset? From,
    DateTimeOffset? To)
{
    public static DeadLetterFilter Read(CollectionQuery query) => new(
        query.OneOf<DeadLetterSource>("source"), query.Value("messageType"), query.Value("exceptionType"), query.Time("from"), query.Time("to"));
}
