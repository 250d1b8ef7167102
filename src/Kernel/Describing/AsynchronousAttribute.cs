using Monolith.Kernel.Reading;

namespace Monolith.Kernel.Describing;

/// <summary>
/// Marks a read whose model follows the log: it accepts <c>minSequence</c> and answers with <c>Monolith-As-Of</c>, as <see cref="Freshness"/> does.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AsynchronousAttribute : Attribute;
