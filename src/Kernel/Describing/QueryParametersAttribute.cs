namespace Monolith.Kernel.Describing;

/// <summary>
/// Marks a record of what an endpoint reads from the query string, so that the API document lists it: each member under its
/// camelCase name, with its type and, where it has one, its <see cref="System.ComponentModel.DescriptionAttribute"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class QueryParametersAttribute : Attribute;
