/** What the pages of the phone client and their list both know. */

export interface PhonePageProps {
  parts: string[]
}

/** The page of those who are not signed in; it has no bar at the bottom. */
export const SIGN_IN = '/sign-in'
