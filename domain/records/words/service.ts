/** How offices head, title and ask in 服务大局. */
import type { LineOfWords } from './shape.ts'

export const words: LineOfWords = {
  line: '服务大局',
  ledgers: {
    volunteerRecruitment: {
      sheets: '招募 招募情况 志愿者报名 招募令 志愿招募',
      headers: {
        title: '招募活动 招募批次 招募项目 招募公告',
        day: '发布时间 报名时间',
        org: '招募单位 发起单位 招募组织',
        recruit: '志愿者名单 录用名单 姓名',
        campaign: '行动名称 招募口号 所属行动 专项行动',
        corps: '志愿服务队 所属队伍 队伍名称 志愿者协会',
        applied: '报名 报名青年 申请人数',
        recruited: '招募人数 录用人数 入队人数 新增志愿者 吸纳志愿者 招募志愿者',
        direction: '服务领域 志愿方向 服务类别',
      },
    },
    volunteerCorps: {
      sheets: '志愿服务队 志愿者协会 队伍名录 志愿服务队伍 突击队',
      headers: {
        title: '服务队名称 志愿服务队名称 协会名称 队伍 志愿队名称',
        day: '组建时间',
        org: '所属组织 组建单位',
        volunteer: '队员名单 成员名单 成员',
        leader: '负责人 领队 带队人',
        kind: '队伍类型 服务领域',
        members: '人数 志愿者人数 成员数 注册志愿者 成员人数',
        registered: '是否注册 是否登记 是否备案',
        closedOn: '注销日期 撤销日期',
      },
      options: {
        'kind.general': '综合 青年志愿服务队 便民服务',
        'kind.culture': '文化 文艺',
        'kind.health': '医疗 卫生 防疫',
        'kind.education': '教育 支教 助学',
        'kind.safety': '安全 应急 救援 防溺水 突击队',
        'kind.rights': '12355专家 法律援助 心理辅导 维权',
        'kind.environment': '环保 河小青 保护母亲河',
      },
    },
    volunteering: {
      sheets: '志愿活动 志愿者活动 志愿服务记录 志愿服务时长 受益人数及人次统计 志愿服务台账',
      headers: {
        title: `
          志愿服务项目名称 志愿服务名称 志愿服务活动名称 志愿服务内容 项目名称 志愿服务项目 服务项目
          服务内容 活动项目 服务活动 服务活动名称
        `,
        org: '服务中心 所属团体 志愿服务组织 志愿者组织 服务单位',
        personTimes: `
          参与志愿者人次 参加志愿者人次 志愿者总人次 出动志愿者人数 出动志愿者 志愿者人数 服务人次
          志愿者数 志愿者服务人数 参与志愿者人数 参加志愿者人数 参加志愿者（人次）
        `,
        volunteer: '志愿者名单 参加人员 服务人员 参与人员 参与志愿者 参加志愿者 参与志愿者名单',
        kind: '活动类型 项目领域 类别 类型',
        place: '地点 活动地点 开展地点',
        area: '区域 服务范围',
        team: '服务队 志愿队 队伍名称 志愿者队伍 服务队伍 志愿服务队伍 志愿队伍 服务队名称',
        hours: `
          参与志愿者总时长 服务总小时数 总小时数 时长 服务小时 志愿时长 累计时长 累计服务时长
          总服务时长 总服务小时 志愿服务总时长 服务时长合计 合计服务时长 志愿者服务时长 志愿服务时长
          服务总时数 总时数 服务时数
        `,
        beneficiaries: `
          受益人数 服务对象人数 服务人数 活动受益人次 总合计 受惠群众 受惠人次 受益群众 惠及人次
          惠及群众 服务群众 服务群众人数 服务群众人次 服务对象人次 服务人次数
        `,
        trees: '植树 栽树 植树棵数 植树株数 棵数 株数',
        planted: '植树面积 造林面积 植绿面积',
        blood: '献血毫升数 采血量 献血总量',
        leader: '联系人 统计人 领队 带队人 项目负责人 活动负责人 带队负责人 队长 组织者',
        served: '受益对象类别 服务人群',
        audience: '服务对象群体 帮扶对象 受益对象 服务群体',
        content: '服务情况',
      },
      options: {
        'kind.environment': '环境保护 环保 清洁家园 垃圾清理 人居环境 保护母亲河',
        'kind.treePlanting': '植树 义务植树 植树活动',
        'kind.civility': '文明交通 文明用餐 文明创建 交通劝导 文明交通劝导',
        'kind.elderCare': '关爱老人 敬老 助残 关爱孤寡老人 扶弱助困',
        'kind.childCare': '关爱儿童 课业辅导 支教 关爱留守儿童 助学',
        'kind.policy': '宣传 宣讲 政策宣传 普法宣传',
        'kind.disaster': '扫雪清障 扫雪除冰 防汛 抢险救灾 应急救援',
        'kind.health': '疫情防控 义诊 防疫',
        'kind.blood': '献血',
        'kind.event': '大型活动 赛事服务 会务服务',
        'kind.convenience': '社区服务 便民 义务劳动 社会义务活动',
        'served.leftBehind': '留守未成年人',
        'served.migrantChildren': '随迁子女 外来务工人员子女',
        'served.children': '青少年 儿童 学生',
        'served.elder': '老年人 孤寡老人 空巢老人',
        'served.disabled': '残障人士 残疾儿童',
        'served.needy': '困难群众 困难职工 贫困户',
        'served.worker': '环卫工人 快递小哥 外卖骑手',
        'served.residents': '居民 群众 市民',
      },
      asked: {
        people: '志愿者 志愿者人数',
        count: '志愿活动 志愿服务活动 志愿者活动',
        hours: '服务时长 志愿时长 服务小时',
        trees: '种树 栽树 义务植树',
      },
    },
    civilisationPost: {
      sheets: '文明号 青年岗位能手 青年突击队 号手岗队 青字号',
      headers: {
        title: '创建集体 青年集体 文明号名称 集体全称 青年文明号名称 创建集体名称 岗位名称 突击队名称 集体',
        day: '创建时间 申报时间 复核时间 授牌时间 认定时间',
        org: '创建单位 所在单位 申报单位 所属单位',
        head: '负责人 集体负责人 队长',
        kind: '品牌类别 创建类别 项目类别 青字号类别',
        level: '文明号级别',
        state: '创建阶段',
        industry: '所属行业 行业系统 所属系统 行业领域',
        members: '职工人数 总人数 员工数 在岗人数',
        youth: '35岁以下人数 青年职工数 其中青年 35周岁以下人数 青年数',
        grantor: '表彰单位',
      },
      options: {
        'kind.post': '文明号 号',
        'kind.expert': '岗位能手 手',
        'kind.guard': '青安岗 安全示范岗 岗',
        'kind.team': '突击队 队',
        'state.creating': '创建 申报 备案 在创',
        'state.named': '命名 认定 授牌 获评',
        'state.kept': '保留 复核合格 重新认定 复核通过',
        'state.removed': '取消 摘牌 复核不合格',
      },
    },
    innovationOutput: {
      sheets: '创新创效 五小成果 青创 创新成果 QC成果 QC 创新项目 青年创新 小改小革 创效',
      headers: {
        title: '课题名称 创新项目名称 QC课题 攻关项目 创新成果名称 五小成果名称 攻关课题 成果 创效项目',
        day: '成果时间 立项时间 申报时间 验收时间 结题时间 完成年月',
        org: '完成单位 申报单位 所在部门 课题单位 所在车间',
        personTimes: '参与青年 参与青年人数 参与青年数 课题组人数 参与职工数 攻关人数 小组人数',
        author: '课题组成员 主要完成人 参与人员 小组成员 攻关人员 项目成员',
        lead: '项目负责人 组长 负责人 牵头人',
        kind: '项目类别 创新类别 课题类型 成果形式',
        level: '级别 成果级别 奖项级别',
        grade: '等次 奖项等级 获奖等级 获奖情况',
        benefit: '创造效益 创效金额 节约资金 节支金额 效益金额 产生效益 降本金额 创造经济效益 节约成本',
        patents: '授权专利 获得专利 专利件数',
        applied: '是否应用 是否转化 转化应用 应用情况 是否推广',
      },
      options: {
        'kind.small': '五小 小发明 小革新 小改造 小设计 小建议 小改小革',
        'kind.qc': 'QC 质量管理小组 QC课题',
        'kind.project': '青创先锋 青年攻关 课题 揭榜挂帅 创新课题',
        'kind.patent': '实用新型专利 发明专利 软件著作权 知识产权',
        'kind.proposal': '金点子 建议',
        'kind.paper': '论文 标准 工法',
      },
    },
    jointConference: {
      sheets: '联席会议 联席会 青年工作联席 领导小组 协调会 成员单位',
      headers: {
        title: '联席会议名称 联席会议议题 议题 会议议题 领导小组名称',
        day: '召开时间 成立时间 开会时间',
        org: '召集单位 牵头单位',
        personTimes: '参会人数 出席人数 参会人次 实到人数',
        participant: '成员名单 成员',
        chair: '主持人 组长 总召集人',
        kind: '会议形式 会议性质',
        units: '参会单位数 成员单位 到会单位数 参加单位数 参会单位',
        matters: '研究事项数 议定事项数 交办事项数 议定事项',
        settled: '办结事项数 落实事项数 完成事项数',
        place: '地点 召开地点',
      },
      options: {
        'kind.founded': '成立 建立联席会议 成立领导小组 成立协调小组',
        'kind.plenary': '全体会 年度会议 联席会议全会',
        'kind.special': '专题会 专项会议 调度会',
        'kind.liaison': '联络员会 办公室会议',
      },
    },
  },
}
