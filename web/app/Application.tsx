import { QueryClientProvider, useQuery } from '@tanstack/react-query'
import { App, ConfigProvider } from 'antd'
import en from 'antd/es/locale/en_US'
import zh from 'antd/es/locale/zh_CN'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { RouterProvider } from 'react-router'
import { useStore } from 'zustand'
import { queryClient, systemQuery } from '../api/query.ts'
import { signedOut } from '../api/signed-out.ts'
import { System } from '../api/system.ts'
import { useLocale } from '../locales/useLocale.ts'
import { antdTheme } from '../theme/antd.ts'
import { useStill } from '../ui/motion.ts'
import { PageError } from '../ui/PageError.tsx'
import { preferences } from '../ui/preferences.ts'
import { LoginPage } from './LoginPage.tsx'
import { Opening } from './Opening.tsx'
import { router } from './routes.tsx'

/** The whole application: theme, words, data, then whatever the address names. */
export function Application() {
  const { locale } = useLocale()
  const mode = useStore(preferences, (state) => state.mode)
  const still = useStill()
  const theme = useMemo(() => antdTheme(mode, still), [mode, still])
  return (
    <ConfigProvider theme={theme} locale={locale === 'en' ? en : zh} button={{ autoInsertSpace: false }}>
      <App style={{ height: '100%' }}>
        <QueryClientProvider client={queryClient}>
          <Gate />
        </QueryClientProvider>
      </App>
    </ConfigProvider>
  )
}

/** Lets nobody in before the installation has said what it is, and whether it wants a password. */
function Gate() {
  const { t } = useTranslation('shell')
  const system = useQuery(systemQuery)
  const refused = useStore(signedOut, (state) => state.signedOut)
  if (refused || system.data?.loginRequired) return <LoginPage />
  if (system.data) {
    return (
      <System value={system.data}>
        <RouterProvider router={router} />
      </System>
    )
  }
  if (system.isPending) return <Opening />
  return (
    <Opening>
      <PageError error={system.error} title={t('start.failedTitle')} onRetry={() => void system.refetch()} />
    </Opening>
  )
}
