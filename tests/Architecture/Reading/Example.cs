namespace Monolith.Architecture.Reading;

/// <summary>Makes an event of any type, for folds that look at its type and its time.</summary>
internal static class Example
{
    public static object Of(Type type, DateTimeOffset at) => Value(type, at) ?? throw new ArgumentException($"Cannot make a {type}.", nameof(type));

    private static object? Value(Type type, DateTimeOffset at) => type switch
    {
        _ when type == typeof(string) => "text",
        _ when type == typeof(DateTimeOffset) => at,
        { IsValueType: true } => Activator.CreateInstance(type),
        { IsGenericType: true } when type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) => Array.CreateInstance(type.GetGenericArguments()[0], 0),
        { IsInterface: true } => null,
        _ => Constructed(type, at),
    };

    private static object Constructed(Type type, DateTimeOffset at)
    {
        var constructor = type.GetConstructors().MaxBy(c => c.GetParameters().Length)!;
        return constructor.Invoke([.. constructor.GetParameters().Select(p => Value(p.ParameterType, at))]);
    }
}
