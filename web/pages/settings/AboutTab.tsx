import { useQuery } from '@tanstack/react-query'
import { ExternalLink } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { useBrand, useSystem } from '../../api/system.ts'
import { Logo } from '../../ui/Logo.tsx'
import { Panel } from '../../ui/Page.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import styles from './SettingsPage.module.css'

const openApi = z.object({ info: z.object({ version: z.string() }) })

/** The version of the API, as its own description states it; nothing where it cannot be read. */
function useApiVersion(): string | undefined {
  const description = useQuery({
    queryKey: ['openapi'],
    queryFn: async ({ signal }) => openApi.parse(await (await fetch('/api/openapi.json', { signal })).json()),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  })
  return description.data?.info.version
}

/** What this installation is. */
export function AboutTab() {
  const { t } = useTranslation('settings')
  const { mode } = useSystem()
  const brand = useBrand()
  const format = useFormat()
  const version = useApiVersion()
  return (
    <Panel>
      <header className={styles.product}>
        <span className={styles.mark}>
          <Logo size={36} />
        </span>
        <div>
          <h2>{t('aboutPage.product')}</h2>
          <p>{t('aboutPage.text')}</p>
        </div>
      </header>
      <dl className={styles.facts}>
        <dt>{t('aboutPage.mode')}</dt>
        <dd>
          {t(`aboutPage.modes.${mode}`)}
          <small>{t('aboutPage.modeHint')}</small>
        </dd>
        {brand ? (
          <>
            <dt>{t('aboutPage.brand')}</dt>
            <dd>
              {format.text(brand.name)} · {brand.zone} · {brand.currency}
            </dd>
          </>
        ) : null}
        {version === undefined ? null : (
          <>
            <dt>{t('aboutPage.version')}</dt>
            <dd>{version}</dd>
          </>
        )}
        <dt>{t('aboutPage.api')}</dt>
        <dd>
          <a href="/api/docs" target="_blank" rel="noreferrer" data-testid="api-docs">
            {t('aboutPage.apiLink')} <ExternalLink size={12} aria-hidden />
          </a>
          <small>{t('aboutPage.apiText')}</small>
        </dd>
        <dt>{t('aboutPage.licence')}</dt>
        <dd>MIT</dd>
      </dl>
    </Panel>
  )
}
