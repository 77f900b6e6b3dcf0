/** How offices head, title and ask in 组织建设. */
import type { LineOfWords } from './shape.ts'

export const words: LineOfWords = {
  line: '组织建设',
  ledgers: {
    partyLink: {
      sheets: '党团共建 党建带团 听取汇报 党团联建 党建团建 党委研究共青团工作',
      headers: {
        title: '议题 汇报内容 研究内容 议题名称 研究事项 汇报主题 会议议题 带建内容 工作事项 汇报事项',
        day: '汇报时间 研究时间 会议时间 考核时间 听取时间',
        org: '汇报单位 汇报组织 被考核单位 汇报团组织',
        leader: '党委领导 听取领导 参加领导 主要领导 分管领导 出席人',
        kind: '带建形式 工作类型 事项类别 带建方式',
        party: '党委 听取单位 党组织名称 同级党组织 研究单位 考核单位',
        decisions: '议定事项数 解决事项 解决问题数 明确事项数',
        score: '得分 分值 考核分数 评分',
        weight: '权重 所占分值 团建分值 考核分值',
        result: '评议结果 考核结果 等次',
        content: '内容 会议内容 议定内容 落实情况',
      },
      options: {
        'kind.report': '工作汇报 专题汇报 定期汇报 汇报 听取团委汇报 向党委汇报',
        'kind.study': '专题研究 党委会研究 研究共青团工作 党委会议研究 常委会研究',
        'kind.assessment': '考核 党建考核 团建纳入党建考核 述职评议 同考核 述职',
        'kind.plan': '规划部署 同部署 联席部署 纳入规划 部署',
        'kind.event': '出席活动 指导活动 到场指导 现场指导',
        'kind.support': '经费支持 阵地共享 解决经费 解决问题',
        'kind.recommend': '推荐优秀团员 推优',
      },
      asked: {
        latestResult: '考核等次 团建考核等次 考核结果',
      },
    },
    meeting: {
      sheets: '三会一课 会议记录 支部大会 支委会 团课 组织生活 会议台账 组织生活会',
      headers: {
        title: '议题 主要议题 团课主题 课题 会议议题',
        day: '开会时间 召开时间 授课时间',
        personTimes: '实到 实际到会 到会人数 参会人数 出席人数 实到会人数',
        participant: '参加人员 参加的团员',
        absent: '请假人员 缺席人员及原因 未到人员 未参加人员 未到会人员',
        kind: '类别 类型 会议性质 活动类别 会议形式',
        recurrence: '召开周期 会议周期',
        campaign: '所属专项 专项行动 所属工作',
        due: '应参会人数 应参加人数 应参会 应出席人数',
        place: '会议地点 召开地点',
        chair: '会议主持 主持',
        recorder: '会议记录人',
        hours: '团课学时',
        excellent: '优秀 优秀人数 评为优秀 优秀等次 优秀团员',
        qualified: '合格 合格人数 评为合格 合格等次 合格团员',
        nearlyQualified: '基本合格 基本合格人数 评为基本合格 基本合格团员',
        unqualified: '不合格 不合格人数 评为不合格 不合格团员',
        minutes: '会议记录 讨论发言',
        decision: '议定事项 会议决议 总结',
      },
      options: {
        'kind.branchMeeting':
          '团员大会 支部团员大会 团支部大会 团支部团员大会 全体团员大会 支部大会会议 支部会议',
        'kind.branchCommittee': `
          支部委员会 支部委员会会议 团支委会 委员会 团支部委员会 团支部委员会议 团支部委员会会议
          支部委员会议 支委会议 支委
        `,
        'kind.groupMeeting': '小组会',
        'kind.leagueClass': '上团课 微团课 专题团课',
        'kind.orgLifeMeeting': '专题组织生活会',
        'kind.appraisal': '教育评议 民主评议 团员评议',
        'kind.registration': '年度团籍注册 团员年度团籍注册',
        'kind.congress': '团代会 团员代表大会 换届大会 换届选举大会',
        'kind.discussion': '座谈会 大讨论 讨论会 座谈 专题讨论 青年座谈会',
        'kind.account': '交账 交账会 周例会 工作调度 调度会 每周交账',
        'kind.other': '其他 工作会议 例会',
      },
      asked: {
        count: '几次会 次会 三会一课 开会 开过会 开了会 会议',
        attendance: '出勤率 到课率 到会',
        excellent: '评议优秀 评为优秀 评议优秀团员 评为优秀的团员',
        qualified: '评议合格 评为合格 评议合格团员 评为合格的团员',
        nearlyQualified: '评议基本合格 评为基本合格',
        unqualified: '评议不合格 评为不合格',
      },
    },
    dues: {
      sheets: '团费 团费缴纳 缴纳团费 团费明细 团费台账',
      headers: {
        title: '缴费事项 团费名称 项目',
        day: '缴费月份 收缴月份 缴纳月份 交纳月份 交费月份 团费月份 费款所属月份 所属月份',
        org: '缴费支部 交费单位 缴费单位',
        paid: '缴费人 交费人 缴纳人 实缴团员 已缴人员 缴费团员 姓名',
        owed: '应交团员 应缴团员',
        arrears: '欠费人员 欠费团员 未缴人员 未交人员 欠缴团员 未缴团员 未缴费人员 未缴费团员',
        memberCount: `
          支部团员人数 团员总数 团员总人数 现有团员 应有团员 团员人数 支部团员数 现有团员数
          现有团员人数 在册团员数 在册团员人数 团员实有数 实有团员数
        `,
        owedPeople: '应收人数 应缴团员数 应交人数 应缴团费人数 应缴费人数 应交费人数',
        paidPeople: '实收人数 实缴团员数 实交人数 已缴人数 已交人数 缴费人数 交费人数 已缴费人数 已交费人数',
        owedAmount: `
          应收 应交 应收团费金额 应缴费金额 应交金额 应缴团费 应交团费 应缴 应收团费 应收金额 应缴额
          应缴数额 应缴团费总额
        `,
        paidAmount: `
          实收 实交 收缴金额 收缴团费 实交金额 实缴团费 实交团费 已缴金额 缴费金额 交费金额 缴纳金额
          金额 实缴 实收团费 实收金额 实缴额 已缴团费 已缴团费总额
        `,
        collector: '收缴人 经办 收费人 经手人 经办人 组织委员 收缴负责人 负责收缴人 经收人 收取人 代收人',
      },
      asked: {
        paid: '实缴 实交 团费收了 收了团费 收团费 交了团费 已交团费 收缴团费 实收团费 缴纳团费 团费金额 团费',
        owed: '应缴 应交 应交团费 应收团费',
        paidRate: '团费缴纳率 团费收缴比例',
        arrearsAmount: '欠团费 欠交团费 未缴团费',
        arrearsPeople: '欠费的 欠团费的 欠费团员 欠团费的团员 没交团费的团员 没交团费 未交团费 没缴团费',
      },
    },
    electionResult: {
      sheets: '换届 选举结果 换届情况 选举情况 补选 换届统计',
      headers: {
        title: '会议名称 换届大会 选举大会 换届事项 选举事项',
        day: '换届时间 大会时间 会议时间',
        org: '换届单位 选举单位 换届组织 换届支部',
        elected: '当选委员 新任书记',
        kind: '类型 类别 选举方式',
        due: '有选举权人数 应到代表',
        present: '实到会人数 到会人数 实到 实到代表',
        ballots: '发出票数 发票数 发放选票',
        returned: '收回票数 收回 回收选票',
        valid: '有效选票 有效票数',
        seats: '当选人数 委员人数 选出委员 班子人数',
        women: '女委员 女性人数 女干部',
        delegates: '代表人数 选出代表数 出席上级代表大会代表',
        womenDelegates: '女代表 女代表人数 代表中女 女性代表',
        minorityDelegates: '少数民族代表 少数民族代表人数',
        frontlineDelegates: '基层一线代表 一线代表 基层代表人数',
        ageBefore: '换届前年龄 上届平均年龄',
        ageAfter: '换届后年龄 本届平均年龄 平均年龄',
      },
      options: {
        'kind.term': '换届选举 按期换届 届满换届',
        'kind.early': '提前',
        'kind.late': '延期 超期换届',
        'kind.byElection': '届中补选 增补',
        'kind.delegates': '选代表 代表选举 推选代表',
      },
      asked: {
        womenDelegates: '女代表',
        minorityDelegates: '少数民族代表',
        frontlineDelegates: '基层一线代表 一线代表',
        latestTerm: '最近一届 最近是第几届 现在是第几届',
      },
    },
    graduateHandover: {
      sheets: '升学衔接 毕业团员衔接 毕业学生团员 团组织关系衔接 毕业生组织关系',
      headers: {
        title: '毕业批次 毕业年级 届别 毕业届别 批次名称',
        day: '截止日期 截至日期 衔接时间 转接时间',
        org: '毕业学校 学校名称 学校 转出学校',
        kind: '衔接方式 去向类别',
        due: '应转接人数 毕业团员数 毕业学生团员数 应转出人数 应转出团员 应衔接团员数',
        done: '已转接人数 完成转接人数 已转出人数 已衔接团员数 完成衔接人数 转接完成数',
        lost: '失联团员数 联系不上人数 未联系上人数',
        note: '未衔接原因',
      },
      options: {
        'kind.study': '升学 学学衔接 升入高中 升入大学',
        'kind.society': '学社 就业 回乡 转入村社区 毕业离校',
      },
    },
    award: {
      sheets: '获奖 奖励 荣誉 表彰 评优评先 奖惩 先进 获奖台账',
      headers: {
        title: `
          奖项名称 荣誉称号 荣誉名称 获奖名称 表彰名称 称号 奖项 内容 获奖内容 获得荣誉 所获荣誉 荣誉
          获奖情况 表彰奖励名称 荣誉（奖项）名称
        `,
        day: '获得时间 颁发时间 授予日期 表彰日期 奖励时间 颁奖时间 表彰年份 获奖年份 获奖年月',
        org: '获奖单位 获奖时单位 获奖集体所在单位 推荐单位 受表彰单位 受奖单位 获奖组织名称',
        winner: `
          姓名 获奖者 获奖个人 奖惩对象 受表彰人 获得者 获奖者姓名 受表彰个人 荣誉获得者 获得人
          个人姓名 受奖人
        `,
        level: '奖励级别 奖项级别 获奖级别 荣誉级别 表彰级别',
        grade: '奖项等级 获奖等级 名次 等级 获奖等次',
        contest: '赛事 赛事简称 比赛名称 大赛名称 赛事名称',
        group: '参赛组别 获奖组别 比赛组别 所属组别',
        edition: '评选届次',
        project: '获奖作品 作品名称 获奖项目名称 参赛作品 作品',
        recipient: `
          对象类型 集体或个人 获奖类型 表彰对象 获奖人或集体 获奖个人或集体 类型 类别 奖励类型
          荣誉类型
        `,
        recipientOrg: '获奖集体 获奖团队 集体名称',
        grantor: '审批单位 颁奖单位 表彰单位 审核单位 颁发单位 授奖单位 发文单位 发证机关 评选单位 命名单位',
        documentNo: `
          获奖文号 奖项文号 表彰文号 文件号 证书编号 表彰文件 文件依据 表彰文件文号 文件名称及文号
          依据文件
        `,
        bonus: '奖励金额 奖金（元）',
      },
      options: {
        'recipient.org': '组织 单位 团体',
      },
      asked: {
        count: '获奖 奖项 荣誉 表彰 奖励',
        people: '获奖的人 受表彰的人 受表彰人数 获奖人数',
        highestGrade: '最高奖 最好的奖 最高等次 拿过的最高奖 获得的最高奖 最高获奖等次',
        highestLevel: '表彰最高级别 获奖最高级别 最高荣誉级别',
        latestEdition: '评选最近一届',
      },
    },
    funding: {
      sheets: '经费 资金 拨款 支出 筹资 资产 阵地建设 经费台账 物资 收支',
      headers: {
        title: '项目 项目名称 资金名称 经费名称 支出内容 用途说明 资产名称 事由 摘要 物资名称 款项名称',
        day: '拨款日期 到账日期 支出时间 购置日期 建成时间 拨付时间 筹措时间',
        org: `
          受益团组织 受益组织 使用组织 使用团组织 受助组织 接受组织 接收组织 使用单位 受益单位
          收款单位
        `,
        kind: '资产类别 资金类别',
        direction: '收支类别 收/支 收入或支出 收支方向',
        project: '关爱项目 所属项目',
        source: '资金来源 经费来源 拨款类型 筹资渠道',
        use: '支出类别 经费用途 使用方向',
        amount: `
          总价 总金额 总价值 收支金额 发生额 折价 合计金额 拨款金额 支出金额 资金 到账金额 折合金额
          价值 经费 经费金额 资金金额 拨付金额 筹集金额 开支金额 使用金额
        `,
        payer: '拨付单位 资助单位 出资方 捐助单位 资助方 拨款单位 赞助单位 捐赠单位 资金来源单位 捐赠人',
        quantity: '件数 台数 数量（件）',
        functions: '功能 功能区 阵地功能区',
        equipment: '主要设备 设备清单 配备设施 器材',
        place: '阵地地址 存放地点',
        handler: '经办 经手人 保管人 负责人 经手',
      },
      options: {
        'kind.money': '经费 款项 现金',
        'kind.asset': '物品 捐赠物资',
        'kind.equipment': '器材 文体用品 图书 设施',
        'kind.venue': '场所 活动室 团员活动室 青年之家 活动阵地 场地',
        'direction.income': '筹集 到账 拨入 收',
        'direction.spending': '开支 花费 使用 支',
        'source.allocation': '上级团委拨款 团委拨款 专项拨款 上级补助',
        'source.party': '镇党委支持 党委拨款 党费支持 党组织支持',
        'source.government': '财政 政府拨款 镇财政',
        'source.enterprise': '企业捐赠 企业支持 赞助',
        'source.donation': '捐赠 捐款 爱心捐赠 募捐',
        'source.own': '自筹资金 村级自筹 单位自筹',
        'source.dues': '团费 团费返还 留存团费',
        'use.venue': '活动室建设 场所建设 阵地 活动阵地建设',
        'use.activity': '活动经费 开展活动 活动费',
        'use.aid': '助学 慰问 帮扶 救助 慰问金',
        'use.training': '培训费 学习',
        'use.publicity': '宣传费 印刷费',
        'use.office': '办公费 日常办公 办公经费',
        'functions.reading': '阅读 读书 图书阅览 图书室',
        'functions.fitness': '健身 体育 体育锻炼',
        'functions.publicity': '宣传 宣传栏 宣传教育',
        'functions.recreation': '文娱 文体娱乐 棋牌',
        'functions.meeting': '会议 团日活动 议事',
        'functions.training': '培训 课业辅导',
        'functions.service': '服务 心理咨询 便民服务',
      },
      asked: {
        raised: '筹集 筹资 筹到 筹了 争取资金 经费来源 筹集经费 经费',
        spent: '花了 花费 开支 用了',
      },
    },
    pairing: {
      sheets: '牵手共建 村企联建 城乡共建 结对 共建 联建 城乡结对 共建单位 结对帮带',
      headers: {
        title: '共建项目 结对名称 结对项目 联建项目 联建名称 共建协议 共建内容',
        day: '共建时间 签约时间 启动时间 共建起始时间 联建时间 协议签订时间 开始时间',
        org: '结对单位 共建单位 牵头团组织 甲方 共建方 结对团组织 主建单位',
        contact: '联络员 联系人 负责人 共建联系人',
        kind: '结对类型 共建类型 联建模式 结对模式 共建形式 结对形式',
        partner: '对方单位 结对对象 乙方 被带单位 被帮带单位 对方团组织 联建单位 结对方',
        partners: '带动村数 覆盖村数 联建村数 参与单位数 带动单位数',
        aspects: '共建领域 合作领域 共建方面 合作内容',
        activities: '活动次数 开展活动次数 共同活动数 联合活动次数 开展共建活动',
        projects: '办实事 实事数 帮办实事 合作项目数 共建项目数',
        amount: '帮扶资金 投入金额 资金投入 支持资金',
        content: '开展情况 共建成效 主要内容 结对成效',
      },
      options: {
        'kind.urbanRural': '城乡共建 牵手共建 以城带乡 城镇牵手',
        'kind.enterpriseVillage': '以企带村 企村共建 村企共建',
        'kind.strongWeak': '以强带弱 先进带后进 帮带',
        'kind.schoolPlace': '校地合作 校村共建 院校共建',
        'kind.armyPlace': '双拥共建 警地共建',
        'kind.officeVillage': '机关联系村 部门包村 机关结对',
        'kind.socialBody': '社会组织合作 青少年服务机构 社会力量',
        'aspects.organisation': '组织共建 组织联建',
        'aspects.members': '团员共管 队伍共管',
        'aspects.activities': '活动联办 活动共办 活动联谊',
        'aspects.business': '创业就业 发展共促 产业帮扶',
        'aspects.aid': '帮扶 助困 弱势帮扶',
        'aspects.resources': '阵地共享 资源共用',
      },
    },
    liaison: {
      sheets: '挂点包干 对口联系 分片联系 包联 包靠 联系点 联系基层 团干部联系 包村联户 驻点包靠 领导挂点',
      headers: {
        title: '挂点名称 包干区域 联系点名称 包联区域 责任区域 联系区域 挂点区域 包干区域名称 区域名称',
        day: '联系时间 挂点时间 起始时间 分工日期 包干时间 包联时间 明确时间 联系起始时间',
        org: `
          联系单位 被联系单位 挂点镇 联系镇 联系乡镇 联系乡镇（街道） 挂点单位 包联单位 联系镇（街）
          被联系团组织 联系团组织
        `,
        officer: '联系领导 挂点领导 包干人 责任人 联系干部 包联干部 挂点干部 联系团干部 姓名 挂点人 包联人',
        kind: '挂点方式 联系类型 包联类型 分工类型 联系形式',
        post: '联系人职务 领导职务 干部职务 团内职务 挂点领导职务',
        areaKind: '区域类别 挂点类别 包干区域类别',
        contacts: '联系青年人数 联系人数 直接联系青年数 包联青年数',
        duty: '工作任务 职责 联系内容 领办项目 责任内容 工作职责',
      },
      options: {
        'kind.guide': '联系指导 分片联系 对口联系 挂点 挂点指导',
        'kind.contract': '包干 驻点包靠 包靠 包联 包村',
        'kind.lead': '领办 项目包干',
        'kind.children': '联系留守儿童 一对一关爱 结对儿童',
        'kind.youth': '直接联系青年 联系青年制度',
        'post.secretary': '团区委书记 团县委书记 团委书记 团市委书记 镇团委书记',
        'post.deputySecretary': '团区委副书记 团县委副书记 团委副书记 镇团委副书记',
        'post.committeeMember': '班子成员 团委委员 镇团委班子成员 团委班子成员',
        'post.staff': '机关干部 工作人员 一般干部',
        'areaKind.town': '乡镇 镇 街道 镇街',
        'areaKind.village': '村 社区 行政村 居住社区 村社',
        'areaKind.street': '街区 商圈 商业街',
        'areaKind.market': '市场 农贸市场',
        'areaKind.enterprise': '公司 工厂 园区',
        'areaKind.farmBase': '农业基地 合作社 产业基地',
        'areaKind.school': '中学 小学',
      },
    },
    pilot: {
      sheets: '试点 品牌 工作品牌 改革试点 品牌项目 创新项目 工作模式 特色品牌 一团一品',
      headers: {
        title: `
          品牌名称 试点名称 模式名称 试点项目 工作品牌 品牌项目名称 创新项目名称 特色项目 工作品牌名称
          试点项目名称
        `,
        day: '试点时间 创建时间 确定时间 申报时间 获批时间 批复时间 试点起始时间 启动年月',
        org: '试点单位 品牌单位 创建单位 申报单位 承担单位',
        lead: '负责人 项目负责人 品牌负责人',
        kind: '类别 项目性质 试点类型 品牌类型 项目类型',
        level: '试点级别 品牌级别 批准级别 层级',
        line: '领域 所属领域 工作方向 服务领域',
        aspects: '主要方面 推进方面 一体化方面 工作内容类别',
        state: '进展情况 阶段 推进阶段 实施阶段',
        approver: '批复单位 确定单位 授牌单位 认定单位',
        sites: '试点单位数 覆盖单位数 覆盖村数',
        result: '工作成效 主要做法 经验做法 品牌内容',
      },
      options: {
        'kind.pilot': '改革试点 试点单位 试点项目',
        'kind.mode': '模式 组织设置模式 建团模式',
        'kind.brand': '品牌 工作品牌 新培育品牌 新的工作品牌',
        'kind.oldBrand': '传统品牌 巩固品牌',
        'kind.programme': '一体化 工作机制 专项计划',
        'line.organisation': '基层组织 团建',
        'line.volunteering': '志愿者 青年志愿者',
        'line.business': '就业创业 青年创业 新农村行动',
        'line.care': '关爱留守儿童 帮扶 困难帮扶',
        'line.environment': '保护母亲河 环保 农村改厕',
        'line.culture': '青年文化节 文化',
        'aspects.organisation': '组织建设一体化',
        'aspects.members': '团员管理一体化 团员教育管理',
        'aspects.activities': '活动开展一体化',
        'aspects.business': '创业发展一体化 创业就业',
        'aspects.aid': '困难帮扶一体化 帮扶',
        'aspects.officers': '团干部选用 干部选拔',
        'aspects.guarantee': '工作保障 保障机制',
        'state.planned': '筹备 申报 拟开展',
        'state.running': '推进中 实施 试点中 培育',
        'state.spread': '以点带面 全面推开 复制推广',
        'state.closed': '完成 验收 结项',
      },
    },
    youthPopulation: {
      sheets: '青年底数 青年数 青年统计 团青比 青年基本情况 青年情况统计 青年分布',
      headers: {
        title: '区域 统计范围 村居名称 区域名称 村名',
        day: '统计年度 统计年份 年度 截止时间 年份 截至日期',
        youth: `
          青年人数 14-35岁青年 14至35周岁人数 户籍青年 青年总人数 14-35周岁青年人数 户籍青年人数
          14—35岁人数
        `,
        leagueAge: '14-28岁青年 14至28周岁人数 14-28周岁青年人数 适龄青年 适龄青年数 14—28岁人数 团龄青年',
        resident: '常住青年人数 在村青年 在家青年 在村青年数 留守青年 常住青年数',
        away: '外出青年人数 外出务工青年 流出青年 外出务工青年数 外出青年数 流动青年',
        female: '女青年人数 女青年数 其中女青年 其中女性',
        students: '在校青年 学生数 在校学生数 在校生 学生人数',
        population: '人口 总人口数 人口数 户籍人口 常住人口 辖区人口',
        households: '总户数 户籍数 农户数 居民户数',
        area: '面积 区域面积 总面积 辖区面积（平方公里） 面积（平方公里）',
        hollow: '是否空心村 空心化 是否空心化',
      },
      asked: {
        population: '人口 辖区人口',
        households: '总户数 辖区户数',
        area: '面积',
      },
    },
    target: {
      sheets: `
        目标任务 任务分解 工作计划 目标分解 时间节点 任务清单 指标分解 进度安排 责任分解 目标责任
        工作目标
      `,
      headers: {
        title: '目标名称 指标名称 任务内容 工作任务 目标任务 任务指标 计划内容 考核指标 工作目标 重点任务',
        day: '制定时间 部署时间 计划日期 印发时间 发文日期 确定时间',
        org: '任务单位 承担单位 完成单位 被考核单位',
        lead: '领办人 牵头人 负责人 项目领办人',
        value: '目标数 目标值 指标值 任务数 计划数量 目标数量 计划完成数',
        unit: '数量单位 计数单位',
        due: '完成时限 时间节点 目标时间 完成节点 要求完成时间 时限 截止期限 完成时间 截止日期 最后期限',
        bound: '完成要求 指标性质 约束 上下限',
        each: '分解到 分配对象 每单位 分解单位',
        recurrence: '完成周期 报送周期',
        measure: '对应数据 统计指标 指标代号',
        campaign: '专项工作 所属专项 工作名称 行动名称',
        stage: '工作阶段 节点 阶段名称 推进阶段',
        setBy: '下达单位级别 要求级别 来源级别 定标级别',
        doneOn: '完成日期 实际完成',
        quote: '依据 原文 文件原文 目标表述 来源原文',
      },
      options: {
        'bound.atLeast': '不低于 至少 以上 最低',
        'bound.exactly': '等于 正好 完成',
        'bound.atMost': '至多 以内 不高于 最高',
        'setBy.national': '团中央 全国',
        'setBy.province': '团省委 省级',
        'setBy.city': '团市委 市级 全市',
        'setBy.county': '团县委 团区委 县 区 县级 区级',
        'setBy.own': '自定 自己',
      },
    },
  },
}
