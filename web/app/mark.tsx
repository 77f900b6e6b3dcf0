/** Our sign: an account with its lines. No emblem. */
export function Mark({ size }: { size: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="6" fill="#C8161D" />
      <path d="M8 9h16M8 16h16M8 23h9" stroke="#fff" strokeWidth="2.6" strokeLinecap="round" />
    </svg>
  )
}
