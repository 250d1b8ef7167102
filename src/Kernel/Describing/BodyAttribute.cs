namespace Monolith.Kernel.Describing;

/// <summary>What the body is of an endpoint that reads it by itself, for the API document.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BodyAttribute(Type type) : Attribute
{
    public Type Type => type;
}
