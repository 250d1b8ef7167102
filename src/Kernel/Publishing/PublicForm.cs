using Microsoft.Extensions.DependencyInjection;

namespace Monolith.Kernel.Publishing;

/// <summary>
/// What the world outside sees of one type of event: a contract of its own, without personal data. The module that records the event declares it; an
/// event without a public form is never published.
/// </summary>
/// <param name="Subject">The id of the aggregate that it is about.</param>
/// <param name="Time">When it happened.</param>
/// <param name="Data">The members that are public.</param>
public sealed record PublicForm(Type Event, Func<object, string> Subject, Func<object, DateTimeOffset> Time, Func<object, object> Data);

public static class PublicFormRegistration
{
    /// <inheritdoc cref="PublicForm"/>
    public static IServiceCollection AddPublicForm<TEvent>(
        this IServiceCollection services, Func<TEvent, string> subject, Func<TEvent, DateTimeOffset> time, Func<TEvent, object> data)
        where TEvent : class =>
        services.AddSingleton(new PublicForm(typeof(TEvent), e => subject((TEvent)e), e => time((TEvent)e), e => data((TEvent)e)));
}
