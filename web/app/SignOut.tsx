import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { signOut } from '../api/session.ts'
import { PageError } from '../ui/PageError.tsx'
import { Opening } from './Opening.tsx'

/** Where to log out: an address, so that a page with something unsaved is asked before it is left. */
export const signOutPath = '/_/sign-out'

/** Logs out and begins anew, with nothing of what was read in the browser's memory. */
export function SignOut() {
  const { t } = useTranslation('shell')
  const out = useQuery({
    queryKey: ['sign-out'],
    queryFn: () => signOut().then(() => true),
    retry: false,
    gcTime: 0,
  })
  useEffect(() => {
    if (out.data) window.location.replace('/')
  }, [out.data])
  if (out.error === null) return <Opening />
  return (
    <Opening>
      <PageError error={out.error} title={t('login.outFailed')} onRetry={() => void out.refetch()} />
    </Opening>
  )
}
