using System.Security.Claims;
using Microsoft.Extensions.DependencyInjection;

namespace Monolith.Kernel.Access;

/// <summary>Hides the personal data of one type of event.</summary>
public sealed record Mask(Type Event, Func<object, object> Apply)
{
    /// <summary>What is shown instead.</summary>
    public const string Text = "***";
}

/// <summary>Shows events to those who may not see personal data. What holds some is said by the module that records it.</summary>
public sealed class Masks(IEnumerable<Mask> masks)
{
    private readonly Dictionary<Type, Func<object, object>> byType = masks.ToDictionary(mask => mask.Event, mask => mask.Apply);

    /// <summary>Whether the module that owns the type has said what to hide of it.</summary>
    public bool Has(Type type) => byType.ContainsKey(type);

    public object Show(object e, ClaimsPrincipal reader) =>
        !reader.MaySeePersonalData() && byType.TryGetValue(e.GetType(), out var mask) ? mask(e) : e;
}

public static class MaskRegistration
{
    public static IServiceCollection AddMask<TEvent>(this IServiceCollection services, Func<TEvent, TEvent> mask)
        where TEvent : class => services.AddSingleton(new Mask(typeof(TEvent), e => mask((TEvent)e)));
}
