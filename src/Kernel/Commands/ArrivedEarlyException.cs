namespace Monolith.Kernel.Commands;

/// <summary>A message arrived before the one that it follows; it is to be handled again a little later.</summary>
public sealed class ArrivedEarlyException(string message) : Exception(message);
