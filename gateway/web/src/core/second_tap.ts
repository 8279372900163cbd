// What cannot be taken back is done at the second tap, and only soon after the first.
import { useEffect, useState } from 'preact/hooks';

export function useSecondTap(act: () => void) {
  const [armed, setArmed] = useState(false);
  useEffect(() => {
    if (!armed) return undefined;
    const timer = setTimeout(() => setArmed(false), 5000);
    return () => clearTimeout(timer);
  }, [armed]);
  const tap = () => {
    setArmed(!armed);
    if (armed) act();
  };
  return { armed, tap };
}
