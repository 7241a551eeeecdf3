import { App } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { z } from 'zod'
import { audienceUses } from '../../../shared/api/customers.ts'
import type { Content } from '../../../shared/contents/content.ts'
import { api } from '../../api/client.ts'
import { refresh } from '../../api/query.ts'
import { useBrandPath } from '../../api/useBrandPath.ts'
import { useFormat } from '../../ui/useFormat.ts'
import { useNotice } from '../../ui/useNotice.tsx'
import { Uses } from '../Uses.tsx'

/** Deletes a content that nothing shows, once that is confirmed; else it says what does. */
export function useDeleteContent(): (content: Content) => Promise<void> {
  const { t } = useTranslation(['contents', 'common'])
  const { modal } = App.useApp()
  const notice = useNotice()
  const format = useFormat()
  const path = useBrandPath()
  const navigate = useNavigate()
  return async ({ key, name }) => {
    const said = format.text(name)
    try {
      const { uses } = await api.get(`/contents/${key}/uses`, audienceUses)
      if (uses.length > 0) {
        const shown = modal.warning({
          title: t('uses.inUse', { name: said }),
          width: 520,
          content: <Uses uses={uses} about={t('uses.inUseAbout')} onLeave={() => shown.destroy()} />,
          okText: t('common:close'),
        })
        return
      }
    } catch (error) {
      notice.problem(error)
      return
    }
    modal.confirm({
      title: t('remove_ask.title', { name: said }),
      content: t('remove_ask.text'),
      okText: t('remove'),
      cancelText: t('common:cancel'),
      okButtonProps: { danger: true },
      onOk: async () => {
        try {
          await api.delete(`/contents/${key}`, z.unknown())
          notice.done(t('deleted', { name: said }))
          void navigate(path('contents'))
          await refresh('/contents')
        } catch (error) {
          notice.problem(error)
        }
      },
    })
  }
}
