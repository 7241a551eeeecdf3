import { Form, Input, Switch } from 'antd'
import { useTranslation } from 'react-i18next'
import { limits } from '../../../shared/limits.ts'
import { Panel } from '../../ui/Page.tsx'
import styles from './SettingsPage.module.css'

/** An empty field says nothing. */
const orNull = ({ target }: { target: { value: string } }) => (target.value === '' ? null : target.value)

/** What becomes of the addresses in messages. */
export function LinkRules() {
  const { t } = useTranslation('settings')
  return (
    <Panel title={t('links.title')}>
      <Form.Item
        name={['links', 'track']}
        label={t('links.track')}
        extra={t('links.trackHint')}
        valuePropName="checked"
      >
        <Switch data-testid="links-track" />
      </Form.Item>
      <Form.Item
        name={['links', 'opens']}
        label={t('links.opens')}
        extra={t('links.opensHint')}
        valuePropName="checked"
      >
        <Switch />
      </Form.Item>
      {(['source', 'medium', 'campaign'] as const).map((part) => (
        <Form.Item
          key={part}
          name={['links', 'utm', part]}
          label={`utm_${part}`}
          getValueFromEvent={orNull}
          getValueProps={(value: string | null) => ({ value: value ?? '' })}
        >
          <Input maxLength={limits.nameLength.value} placeholder={t(`links.utm.${part}`)} />
        </Form.Item>
      ))}
      <p className={styles.hint}>
        {t('links.utmHint', { channel: '{channel}', journey: '{journey}', node: '{node}' })}
      </p>
      <Form.Item
        name={['links', 'after']}
        label={t('links.after')}
        extra={t('links.afterHint')}
        getValueFromEvent={orNull}
        getValueProps={(value: string | null) => ({ value: value ?? '' })}
        rules={[{ type: 'url', message: t('links.afterWrong') }]}
      >
        <Input type="url" placeholder="https://" maxLength={limits.urlLength.value} />
      </Form.Item>
    </Panel>
  )
}
