using Microsoft.Extensions.DependencyInjection;

namespace Monolith.Kernel.Describing;

/// <summary>A realistic request body or answer; the API document shows it wherever its type is used.</summary>
public sealed record Example(object Value);

public static class Examples
{
    /// <summary>Adds examples of a module, one for each type.</summary>
    public static IServiceCollection AddExamples(this IServiceCollection services, params IEnumerable<object> values)
    {
        foreach (var value in values)
        {
            services.AddSingleton(new Example(value));
        }

        return services;
    }
}
