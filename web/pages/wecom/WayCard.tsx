import { useMutation } from '@tanstack/react-query'
import { Button, Popconfirm, Tag } from 'antd'
import { Download, PencilLine, RefreshCw, Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { type ContactWay, contactWay } from '../../../shared/api/wecom-ways.ts'
import { api } from '../../api/client.ts'
import { refresh } from '../../api/query.ts'
import { useLocale } from '../../locales/useLocale.ts'
import { Picture } from '../../ui/Picture.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import { useNotice } from '../../ui/useNotice.tsx'
import styles from './wecom.module.css'

const path = '/wecom/ways'

/** One code: its picture, whom it leads to, and how many have come by it. */
export function WayCard({ way, onEdit }: { way: ContactWay; onEdit: () => void }) {
  const { t } = useTranslation('wecom')
  const { locale } = useLocale()
  const format = useFormat()
  const notice = useNotice()
  const { id, name, state, employees, skipVerify, made, picture, friends, still } = way
  const mend = useMutation({
    mutationFn: () => api.post(`${path}/${id}/mend`, contactWay),
    onSuccess: () => refresh(path),
    onError: notice.problem,
  })
  const remove = useMutation({
    mutationFn: () => api.delete(`${path}/${id}`, z.unknown()),
    onSuccess: async () => {
      notice.done(t('ways.removed'))
      await refresh(path)
    },
    onError: notice.problem,
  })
  const names = employees.map((one) => one.name ?? one.user).join(locale === 'en' ? ', ' : '、')
  return (
    <li className={styles.way} data-testid={`way-${state}`}>
      <div className={styles.code}>
        {picture === null ? (
          <div className={styles.missing}>
            <span>{t(made ? 'ways.noPicture' : 'ways.unmade')}</span>
            <Button
              size="small"
              icon={<RefreshCw size={13} />}
              loading={mend.isPending}
              onClick={() => mend.mutate()}
            >
              {t(made ? 'ways.fetch' : 'ways.mend')}
            </Button>
          </div>
        ) : (
          <Picture src={picture.path} alt={t('ways.alt', { name })} className={styles.picture} />
        )}
      </div>
      <div className={styles.facts}>
        <strong title={name}>{name}</strong>
        <span className={styles.source}>
          <Tag>{state}</Tag>
          {skipVerify ? null : <Tag color="gold">{t('ways.asks')}</Tag>}
        </span>
        <span className={styles.employees} title={names}>
          {names}
        </span>
        <span className={styles.friends}>
          <b>{format.count(friends)}</b> {t('ways.friends', { count: friends })}
          {friends > still ? <small> · {t('ways.left', { count: friends - still })}</small> : null}
        </span>
        <span className={styles.actions}>
          {picture === null ? null : (
            <Button
              size="small"
              icon={<Download size={13} />}
              href={picture.path}
              download={`${name}${picture.path.slice(picture.path.lastIndexOf('.'))}`}
            >
              {t('ways.download')}
            </Button>
          )}
          <Button size="small" icon={<PencilLine size={13} />} onClick={onEdit} aria-label={t('ways.edit')} />
          <Popconfirm
            title={t('ways.removeAsk')}
            description={t('ways.removeText')}
            okText={t('ways.remove')}
            onConfirm={() => remove.mutate()}
          >
            <Button
              size="small"
              type="text"
              danger
              loading={remove.isPending}
              icon={<Trash2 size={13} />}
              aria-label={t('ways.remove')}
            />
          </Popconfirm>
        </span>
      </div>
    </li>
  )
}
