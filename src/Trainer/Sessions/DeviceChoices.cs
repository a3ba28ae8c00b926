using Trainer.Devices;

namespace Trainer.Sessions;

/// <summary>The devices that experiments ask for, each looked for once.</summary>
/// <param name="access">Where devices come from.</param>
internal sealed class DeviceChoices(DeviceAccess access)
{
    private readonly Dictionary<string, DeviceChoice> _choices = new(StringComparer.Ordinal);

    /// <summary>Finds out whether a device can be used, before anything is fetched for it. 'auto' cannot fail: its drivers are asked
    /// once there is something to compute.</summary>
    /// <param name="name">As a configuration or <c>--device</c> has it.</param>
    /// <param name="place">Where it stands, for messages.</param>
    /// <exception cref="Failures.TrainerException">It is not known or cannot be used.</exception>
    public void Check(string name, string place)
    {
        if (DeviceName.Parse(name, place).Family != DeviceName.Auto)
        {
            _ = Of(name, place);
        }
    }

    /// <summary>The device that a name means here.</summary>
    /// <exception cref="Failures.TrainerException">It is not known or cannot be used.</exception>
    public DeviceChoice Of(string name, string place)
    {
        if (!_choices.TryGetValue(name, out DeviceChoice? choice))
        {
            choice = DeviceChoice.For(DeviceName.Parse(name, place), place, access.List);
            _choices.Add(name, choice);
        }
        return choice;
    }
}
