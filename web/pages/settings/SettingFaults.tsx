import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import { type settingFault, settingFaults } from '../../../shared/api/settings.ts'
import { useApiQuery } from '../../api/query.ts'
import { useFormat } from '../../ui/useFormat.ts'

/** Variables of the environment are written in capitals, and not changed here. */
const ofEnvironment = /^[A-Z_]+$/

type Setting = z.output<typeof settingFault>['setting']

/** What of a page's settings is stored and cannot be used. */
export function useSettingFaults(setting: Setting) {
  const { data } = useApiQuery('/settings/faults', settingFaults)
  return data?.faults.filter((fault) => fault.setting === setting) ?? []
}

/** The same for a person to read; nothing where all can be used. */
export function SettingFaults({ setting }: { setting: Setting }) {
  const { t } = useTranslation('settings')
  const format = useFormat()
  const faults = useSettingFaults(setting)
  if (faults.length === 0) return null
  const outside = faults.every(({ field }) => ofEnvironment.test(field))
  return (
    <Alert
      type="error"
      showIcon
      title={t('faults.title')}
      style={{ marginBottom: 12 }}
      data-testid={`faults-${setting}`}
      description={
        <>
          {faults.map(({ field, detail }) => (
            <p key={field}>
              {t('faults.line', {
                field: field === '' ? t('faults.whole') : field,
                detail: format.text(detail),
              })}
            </p>
          ))}
          <p>{t(outside ? 'faults.mendEnvironment' : 'faults.mend')}</p>
        </>
      }
    />
  )
}
