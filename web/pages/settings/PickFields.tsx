import { Form, InputNumber, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { suggestedAnswer } from '../../../shared/api/suggested.ts'
import { limits } from '../../../shared/limits.ts'
import { useApiQuery } from '../../api/query.ts'
import { Panel } from '../../ui/Page.tsx'
import styles from './SettingsPage.module.css'

const bought = '/customers/values?field=property&event=%24order_line&name=category'

/** What of the brand's products messages may show somebody. */
export function PickRules() {
  const { t } = useTranslation('settings')
  // Categories that cannot be had are typed.
  const known = useApiQuery(bought, suggestedAnswer).data?.values ?? []
  return (
    <Panel title={t('brand.picks')}>
      <Form.Item label={t('brand.picksAgain')} extra={t('brand.picksAgainHint')}>
        <Form.Item name={['picks', 'againDays']} noStyle rules={[{ required: true, message: t('required') }]}>
          <InputNumber
            min={0}
            max={3650}
            precision={0}
            suffix={t('brand.picksDays')}
            style={{ width: 160 }}
            data-testid="picks-again"
          />
        </Form.Item>
      </Form.Item>
      <Form.Item name={['picks', 'without']} label={t('brand.picksWithout')}>
        <Select
          mode="tags"
          maxCount={100}
          maxTagTextLength={limits.nameLength.value}
          placeholder={t('brand.picksWithoutNone')}
          options={known.map(({ value }) => ({ value: String(value), label: String(value) }))}
          data-testid="picks-without"
        />
      </Form.Item>
      <p className={styles.hint}>{t('brand.picksHint', { name: 'picks' })}</p>
    </Panel>
  )
}
